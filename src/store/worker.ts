import { parentPort, workerData, type Transferable } from 'node:worker_threads';
import { ok } from '../desk/errors.ts';
import type { PackedPage } from './page.ts';
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts';
import { Storehouse } from './storehouse.ts';

/** So many milliseconds after the last command there is time for what nobody waits for. */
const quiet = 500;
/** So many tickets are made searchable at a time. */
const atATime = 2_000;

/** The worker thread that does all writing. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('This runs in a worker thread only.');
  const send = (message: FromWorker, transferred: readonly Transferable[] = []): void =>
    port.postMessage(message, transferred);

  const { folder } = workerData as WorkerData;
  const opened = Storehouse.open(folder, (message) => send({ type: 'notice', message }));
  if (!opened.ok) {
    send({ type: 'opened', result: opened });
    port.close();
    return;
  }
  const storehouse = opened.value;
  let tidying: NodeJS.Timeout | undefined;
  const tidyWhenQuiet = (pause: number): void => {
    clearTimeout(tidying);
    tidying = setTimeout(() => {
      if (storehouse.indexSome(atATime) || storehouse.mergeIndex()) tidyWhenQuiet(0);
    }, pause);
  };
  port.on('message', (message: ToWorker) => {
    tidyWhenQuiet(quiet);
    switch (message.type) {
      case 'run': {
        const { id, command, argument } = message;
        const result = storehouse.execute(command, argument);
        const room = command === 'putPage' ? [(argument as PackedPage).text.buffer] : [];
        send({ type: 'answer', id, result, room: room[0] }, room);
        break;
      }
      case 'repair':
        storehouse.mend();
        break;
      case 'close':
        clearTimeout(tidying);
        storehouse.close();
        port.close();
        break;
    }
  });
  send({ type: 'opened', result: ok() });
  tidyWhenQuiet(quiet);
}

main();
