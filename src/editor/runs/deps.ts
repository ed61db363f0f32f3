import type { CommandDeps } from '../commands/deps.ts';
import type { RunDocuments } from './runDocuments.ts';
import type { Runs } from './runs.ts';
import type { RunTerminals } from './terminals.ts';

/** What the acts of a run are built from. */
export interface RunDeps extends CommandDeps {
  runs: Runs;
  terminals: RunTerminals;
  documents: RunDocuments;
  /** Values of runs that are kept from disk and view, by run: this window forgets them with its end. */
  secrets: Map<string, Record<string, string>>;
  /** Runs with a step that is being asked about, or waits for its terminal. */
  beginning: Set<string>;
}
