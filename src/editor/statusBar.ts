import * as vscode from 'vscode';
import type { Instant } from '../desk/ticket.ts';
import type { StoreReader } from '../store/api.ts';
import type { Sync } from '../sync/api.ts';
import type { Accounts } from './accounts.ts';
import { explain } from './errors.ts';
import { accountStatus, statusText, type StatusInput } from './statusText.ts';

export interface StatusBarOptions {
  reader: StoreReader;
  accounts: Accounts;
  sync: Pick<Sync, 'onDidChange' | 'onDidChangeActivity'>;
}

/** Changes that come in a row, as while syncing, are shown together; and the first tickets come before it. */
const updateWithin = 300;

/** One quiet item: how the sync stands, and whether something waits or needs a decision. */
export class StatusBar implements vscode.Disposable {
  readonly #options: StatusBarOptions;
  readonly #item: vscode.StatusBarItem;
  readonly #disposables: { dispose(): unknown }[];
  #busy = false;
  #updating: NodeJS.Timeout | undefined;

  constructor(options: StatusBarOptions) {
    this.#options = options;
    this.#item = vscode.window.createStatusBarItem('deskside.status', vscode.StatusBarAlignment.Left, -10);
    this.#item.name = 'Deskside';
    this.#disposables = [
      this.#item,
      options.accounts.onDidChange(() => this.#updateSoon()),
      options.sync.onDidChange(() => this.#updateSoon()),
      options.sync.onDidChangeActivity((busy) => {
        this.#busy = busy;
        this.#updateSoon();
      }),
    ];
    this.#updateSoon();
  }

  dispose(): void {
    clearTimeout(this.#updating);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #updateSoon(): void {
    this.#updating ??= setTimeout(() => {
      this.#updating = undefined;
      this.#update();
    }, updateWithin);
  }

  #update(): void {
    const { reader, accounts } = this.#options;
    const input: StatusInput = {
      busy: this.#busy,
      accounts: accounts.all().map(({ id, label }) => {
        const state = reader.accountState(id);
        return { label, error: state?.error, lastSyncedAt: state?.lastSyncedAt };
      }),
      outbox: reader.outbox().map(({ state }) => state),
    };
    const { text, spoken, alert } = statusText(input, vscode.l10n.t);
    this.#item.text = text;
    this.#item.accessibilityInformation = { label: spoken };
    this.#item.backgroundColor = alert ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.tooltip = tooltip(input);
    this.#item.command = input.outbox.length > 0 ? 'deskside.outbox.focus' : 'deskside.tickets.focus';
    this.#item.show();
  }
}

function tooltip({ accounts }: StatusInput): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  const needs = { explain, time: timeOfDay, t: vscode.l10n.t };
  for (const account of accounts) {
    text
      .appendMarkdown('- ')
      .appendText(`${account.label}: ${accountStatus(account, needs)}`)
      .appendMarkdown('\n');
  }
  return text;
}

function timeOfDay(at: Instant): string {
  return new Date(at).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}
