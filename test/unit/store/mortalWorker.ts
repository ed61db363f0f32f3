import { parentPort } from 'node:worker_threads';
import type { ToWorker } from '../../../src/store/protocol.ts';

/** The writer's worker, but for one request that it dies of as of a defect. */
parentPort?.on('message', (message: ToWorker) => {
  if (message.type === 'run' && message.command === 'deleteLink' && message.argument === 'deadly') {
    process.exit(1);
  }
});
await import('../../../src/store/worker.ts');
