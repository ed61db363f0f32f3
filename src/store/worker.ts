import { parentPort, workerData, type Transferable } from 'node:worker_threads';
import { ok } from '../desk/errors.ts';
import type { PackedPage } from './page.ts';
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts';
import { Storehouse } from './storehouse.ts';

/** So many milliseconds after the last command there is time for what nobody waits for. */
const quiet = 50;
/** So many are worth a batch of their own between two pages of a large sync. */
const worthwhile = 2_000;

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
  let waiting = 0;
  let indexing: NodeJS.Immediate | undefined;
  let tidying: NodeJS.Timeout | undefined;
  const tidyWhenQuiet = (pause: number): void => {
    clearTimeout(tidying);
    tidying = setTimeout(() => {
      if (storehouse.indexSome(worthwhile) || storehouse.mergeIndex()) tidyWhenQuiet(0);
    }, pause);
  };
  /** Between two messages, so that a large sync is searchable soon after all of it is stored. */
  const indexBetween = (): void => {
    indexing = undefined;
    waiting = Math.max(0, waiting - worthwhile);
    storehouse.indexSome(worthwhile);
    tidyWhenQuiet(quiet);
  };
  port.on('message', (message: ToWorker) => {
    tidyWhenQuiet(quiet);
    switch (message.type) {
      case 'run': {
        const { id, command, argument } = message;
        const result = storehouse.execute(command, argument);
        const page = command === 'putPackedPage' ? (argument as PackedPage) : undefined;
        waiting += page?.tickets.length ?? 0;
        if (waiting >= worthwhile) indexing ??= setImmediate(indexBetween);
        if (page === undefined) send({ type: 'answer', id, result });
        else send({ type: 'answer', id, result, spare: page.text.buffer }, [page.text.buffer]);
        break;
      }
      case 'repair':
        storehouse.mend();
        break;
      case 'close':
        clearTimeout(tidying);
        clearImmediate(indexing);
        storehouse.close();
        port.close();
        break;
    }
  });
  send({ type: 'opened', result: ok() });
  tidyWhenQuiet(quiet);
}

main();
