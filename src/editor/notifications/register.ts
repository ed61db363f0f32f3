import * as vscode from 'vscode';
import type { Instant } from '../../desk/ticket.ts';
import type { StoreReader, StoreWriter } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type { Accounts } from '../accounts.ts';

export interface NotificationOptions {
  reader: StoreReader;
  writer: StoreWriter;
  accounts: Pick<Accounts, 'all'>;
  sync: Pick<Sync, 'onDidChange'>;
  now: () => Instant;
}

/** What comes together is told together. */
const gatherMs = 3_000;
/** A service level runs out without anything changing. */
const everyMs = 60_000;

/** Tells the user of what happens to tickets. Nothing of it is loaded before the first tickets are there. */
export function registerNotifications(options: NotificationOptions): vscode.Disposable {
  let notifier: Promise<{ check(): Promise<void> }> | undefined;
  let gathering: NodeJS.Timeout | undefined;
  const check = () => {
    gathering = undefined;
    notifier ??= import('./notifier.ts').then(({ Notifier }) => new Notifier(options));
    void notifier.then((one) => one.check());
  };
  const checkSoon = () => void (gathering ??= setTimeout(check, gatherMs));
  const minutes = setInterval(checkSoon, everyMs);
  return vscode.Disposable.from(
    options.sync.onDidChange(checkSoon),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && checkSoon()),
    {
      dispose: () => {
        clearTimeout(gathering);
        clearInterval(minutes);
      },
    },
  );
}
