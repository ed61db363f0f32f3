import type { Window } from './window.ts';
import { accountId } from './window.ts';

/** What of a run a user could see, as it came and went. */
export interface Sights {
  seen: Set<string>;
  /** Milliseconds until the next attempt, wherever one was planned. */
  waits: number[];
  end(): void;
}

export function watch({ reader, sync }: Window, now: () => number): Sights {
  const seen = new Set<string>();
  const waits: number[] = [];
  const planned = new Set<number>();
  const plan = (at: number | undefined): void => {
    if (at === undefined || planned.has(at)) return;
    planned.add(at);
    if (at > now()) waits.push(at - now());
  };
  const look = (): void => {
    const { error, notBefore } = reader.accountState(accountId) ?? {};
    if (error) {
      seen.add(`account: ${error.reason}`);
      plan(notBefore);
    }
    for (const operation of reader.outbox()) {
      const { state, conflict } = operation;
      if (state === 'conflict') seen.add(`conflict: ${conflict?.type}`);
      else if (operation.error) {
        seen.add(`${state}: ${operation.error.reason}`);
        plan(operation.notBefore);
      } else if (state === 'unknown') seen.add('unknown');
    }
  };
  const listening = sync.onDidChange(look);
  return { seen, waits, end: () => listening.dispose() };
}
