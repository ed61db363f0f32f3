import type { Result } from '../desk/errors.ts';
import type { StoreCommand, StoreCommands } from './api.ts';

/** What the writer's client sends to its worker thread. Answered in the order of sending. */
export type ToWorker =
  | {
      type: 'run';
      id: number;
      command: StoreCommand;
      argument: Parameters<StoreCommands[StoreCommand]>[0];
    }
  /** A reader met damage: look, and mend it. */
  | { type: 'repair' }
  | { type: 'close' };

export type FromWorker =
  /** The first message: the databases are ready, or why not. */
  | { type: 'opened'; result: Result<void> }
  /** `room`: what a page's text took. */
  | { type: 'answer'; id: number; result: Result<unknown>; room?: ArrayBuffer }
  /** One sentence on what had to be done to the files. */
  | { type: 'notice'; message: string };

export interface WorkerData {
  folder: string;
}
