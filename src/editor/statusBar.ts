import * as vscode from 'vscode';
import type { StoreReader } from '../store/api.ts';
import type { Sync } from '../sync/api.ts';
import type { Accounts } from './accounts.ts';
import { explain } from './errors.ts';
import { accountStatus, statusText, type StatusInput } from './statusText.ts';
import { timeOrDate } from './dates.ts';

export interface StatusBarOptions {
  reader: StoreReader;
  accounts: Accounts;
  sync: Pick<Sync, 'onDidChange' | 'onDidChangeActivity' | 'isWorkingOffline' | 'storeProblem'>;
}

/** Changes that come in a row, as while syncing, are shown together; and the first tickets come before it. */
const updateWithin = 300;

/** One quiet item: how the sync stands, and whether something waits or needs a decision. */
export class StatusBar implements vscode.Disposable {
  readonly #options: StatusBarOptions;
  readonly #item: vscode.StatusBarItem;
  readonly #disposables: { dispose(): unknown }[];
  #busy = false;
  #offline = false;
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
    const { reader, accounts, sync } = this.#options;
    const offline = sync.isWorkingOffline();
    const input: StatusInput = {
      busy: this.#busy,
      offline,
      accounts: accounts.all().map(({ id, label }) => {
        const state = reader.accountState(id);
        return {
          label,
          error: state?.error,
          lastSyncedAt: state?.lastSyncedAt,
          notBefore: state?.notBefore,
        };
      }),
      outbox: reader.outbox(),
      store: sync.storeProblem(),
    };
    const { text, spoken, alert } = statusText(input, { time: timeOrDate, t: vscode.l10n.t });
    this.#item.text = text;
    this.#item.accessibilityInformation = { label: spoken };
    this.#item.backgroundColor = alert ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.tooltip = tooltip(input);
    this.#item.command = input.outbox.length > 0 ? 'deskside.outbox.focus' : 'deskside.tickets.focus';
    if (offline !== this.#offline)
      void vscode.commands.executeCommand('setContext', 'deskside.offline', offline);
    this.#offline = offline;
    this.#item.show();
  }
}

function tooltip({ accounts, offline, outbox, store }: StatusInput): vscode.MarkdownString {
  const text = new vscode.MarkdownString('', true);
  text.isTrusted = { enabledCommands: [...actions] };
  if (store) text.appendText(explain(store)).appendMarkdown('\n\n');
  const needs = { explain, time: timeOrDate, t: vscode.l10n.t };
  if (offline) {
    text.appendMarkdown(`${vscode.l10n.t('You work offline: nothing is asked of any server.')}\n\n`);
  }
  for (const account of accounts) {
    text
      .appendMarkdown('- ')
      .appendText(`${account.label}: ${accountStatus(account, needs)}`)
      .appendMarkdown('\n');
  }
  const links = [
    offline
      ? `[$(plug) ${vscode.l10n.t('Go Online')}](command:deskside.goOnline)`
      : `[$(sync) ${vscode.l10n.t('Sync Now')}](command:deskside.syncNow) · [$(circle-slash) ${vscode.l10n.t('Work Offline')}](command:deskside.workOffline)`,
    ...(outbox.length > 0
      ? [`[$(inbox) ${vscode.l10n.t('Show Outbox')}](command:deskside.outbox.focus)`]
      : []),
  ];
  return text.appendMarkdown(`\n\n${links.join(' · ')}`);
}

const actions = [
  'deskside.syncNow',
  'deskside.workOffline',
  'deskside.goOnline',
  'deskside.outbox.focus',
] as const;
