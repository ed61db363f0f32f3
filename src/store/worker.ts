import { parentPort, workerData } from 'node:worker_threads';
import { ok } from '../desk/errors.ts';
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts';
import { Storehouse } from './storehouse.ts';

/** So many milliseconds after the last command, what was only stored is made searchable. */
const quiet = 50;

/** The worker thread that does all writing. */
function main(): void {
  const port = parentPort;
  if (port === null) throw new Error('This runs in a worker thread only.');
  const send = (message: FromWorker): void => port.postMessage(message);

  const { folder } = workerData as WorkerData;
  const opened = Storehouse.open(folder, (message) => send({ type: 'notice', message }));
  if (!opened.ok) {
    send({ type: 'opened', result: opened });
    port.close();
    return;
  }
  const storehouse = opened.value;
  let indexing: NodeJS.Timeout | undefined;
  const indexWhenQuiet = (pause: number): void => {
    clearTimeout(indexing);
    indexing = setTimeout(() => {
      if (storehouse.indexSome()) indexWhenQuiet(0);
    }, pause);
  };
  port.on('message', (message: ToWorker) => {
    indexWhenQuiet(quiet);
    switch (message.type) {
      case 'run':
        send({
          type: 'answer',
          id: message.id,
          result: storehouse.execute(message.command, message.argument),
        });
        break;
      case 'repair':
        storehouse.mend();
        break;
      case 'close':
        clearTimeout(indexing);
        storehouse.close();
        port.close();
        break;
    }
  });
  send({ type: 'opened', result: ok() });
  indexWhenQuiet(quiet);
}

main();
