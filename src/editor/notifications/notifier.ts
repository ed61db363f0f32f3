import * as vscode from 'vscode';
import { isQuiet } from '../../desk/quietHours.ts';
import { ticketRef } from '../../desk/ticket.ts';
import { Notices, type Notice } from '../../sync/notices.ts';
import { groupText, noticeText } from './noticeText.ts';
import { preferences } from './preferences.ts';
import type { NotificationOptions } from './register.ts';

/** A snoozed ticket is told of again after so long. */
const snoozeMs = 60 * 60 * 1000;

/** Tells the user what happened, in the window they look at. */
export class Notifier {
  readonly #options: NotificationOptions;
  readonly #notices: Notices;
  #checking: Promise<void> | undefined;

  constructor(options: NotificationOptions) {
    this.#options = options;
    const { reader, writer, accounts, now } = options;
    this.#notices = new Notices({
      reader,
      writer,
      accounts: () => accounts.all(),
      now,
      mayDisturb: () => this.#mayDisturb(),
      wants: (kind) => preferences().wants[kind],
      soonMs: () => preferences().soonMs,
    });
  }

  /** Tells what is to be told now. */
  check(): Promise<void> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #check(): Promise<void> {
    const notices = await this.#notices.take();
    const [first] = notices;
    if (!first) return;
    // The answer comes when the user gives one; what happens meanwhile is told on its own.
    void (notices.length === 1 ? this.#tell(first) : this.#tellAll(notices));
  }

  async #tell(notice: Notice): Promise<void> {
    const { now } = this.#options;
    const open = vscode.l10n.t('Open');
    const snooze = vscode.l10n.t('Snooze 1 h');
    const mute = vscode.l10n.t('Mute Ticket');
    const show =
      notice.event.kind === 'slaBreached'
        ? vscode.window.showWarningMessage
        : vscode.window.showInformationMessage;
    const chosen = await show(noticeText(notice, now(), vscode.l10n.t), open, snooze, mute);
    const ref = ticketRef(notice.ticket);
    if (chosen === open) await vscode.commands.executeCommand('deskside.openTicket', ref);
    else if (chosen === snooze) await this.#notices.mute(ref, now() + snoozeMs, notice.keys);
    else if (chosen === mute) await this.#notices.mute(ref, Number.MAX_SAFE_INTEGER);
  }

  async #tellAll(notices: readonly Notice[]): Promise<void> {
    const { now } = this.#options;
    const show = vscode.l10n.t('Show');
    const text = groupText(notices, vscode.l10n.t);
    if ((await vscode.window.showInformationMessage(text, show)) !== show) return;
    const picked = await vscode.window.showQuickPick(
      notices.map((notice) => ({ label: noticeText(notice, now(), vscode.l10n.t), notice })),
      { title: text, placeHolder: vscode.l10n.t('Which one?') },
    );
    if (picked) await vscode.commands.executeCommand('deskside.openTicket', ticketRef(picked.notice.ticket));
  }

  #mayDisturb(): boolean {
    const { reader, now } = this.#options;
    if (!vscode.window.state.focused || Number(reader.choice('snoozed-until') ?? 0) > now()) return false;
    const { quiet } = preferences();
    const time = new Date(now());
    return !quiet || !isQuiet(quiet, time.getHours() * 60 + time.getMinutes());
  }
}
