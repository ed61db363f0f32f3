import * as vscode from 'vscode';
import { elapsedAt, type Counted } from '../desk/workTime.ts';
import { sameTicket, ticketRef, type Instant, type Ticket, type TicketRef } from '../desk/ticket.ts';

const memoryKey = 'deskside.workTimer';
/** One timer for all windows: it counts for one ticket at a time. */
export class WorkTimer implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #now: () => Instant;
  readonly #item: vscode.StatusBarItem;
  readonly #changed = new vscode.EventEmitter<TicketRef | undefined>();
  readonly #disposables: { dispose(): unknown }[];

  /** Started, paused or put back; the ticket it counts for, or counted for. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: vscode.Memento, now: () => Instant) {
    this.#memory = memory;
    this.#now = now;
    this.#item = vscode.window.createStatusBarItem('deskside.timer', vscode.StatusBarAlignment.Left, -9.5);
    this.#item.name = vscode.l10n.t('Work timer');
    const seconds = setInterval(() => this.#show(), 10_000);
    this.#disposables = [this.#item, this.#changed, { dispose: () => clearInterval(seconds) }];
    this.#show();
  }

  get counted(): Counted | undefined {
    return this.#memory.get<Counted>(memoryKey);
  }

  /** What was counted for this ticket. */
  of(ref: TicketRef): Counted | undefined {
    const { counted } = this;
    return counted !== undefined && sameTicket(counted.ref, ref) ? counted : undefined;
  }

  /** Milliseconds, up to now. */
  elapsed(counted: Counted): number {
    return elapsedAt(counted, this.#now());
  }

  /** Counts on for this ticket; what was counted for another one has to be dealt with before. */
  async start(ticket: Pick<Ticket, 'accountId' | 'id' | 'key'>): Promise<void> {
    const before = this.of(ticket)?.elapsed ?? 0;
    await this.#keep({ ref: ticketRef(ticket), key: ticket.key, elapsed: before, startedAt: this.#now() });
  }

  async pause(): Promise<void> {
    const { counted } = this;
    if (counted?.startedAt === undefined) return;
    await this.#keep({ ref: counted.ref, key: counted.key, elapsed: this.elapsed(counted) });
  }

  async clear(): Promise<void> {
    await this.#keep(undefined);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #keep(counted: Counted | undefined): Promise<void> {
    const ref = counted?.ref ?? this.counted?.ref;
    await this.#memory.update(memoryKey, counted);
    this.#show();
    this.#changed.fire(ref);
  }

  #show(): void {
    const { counted } = this;
    if (counted === undefined) {
      this.#item.hide();
      return;
    }
    const minutes = Math.floor(this.elapsed(counted) / 60_000);
    const text = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
    const running = counted.startedAt !== undefined;
    this.#item.text = `$(${running ? 'watch' : 'debug-pause'}) ${counted.key} ${text}`;
    this.#item.tooltip = running
      ? vscode.l10n.t('Time worked on {0}. Click to pause, log or start anew.', counted.key)
      : vscode.l10n.t('Time worked on {0}, paused. Click to go on, log or start anew.', counted.key);
    this.#item.accessibilityInformation = {
      label: running
        ? vscode.l10n.t('Work timer of {0}, {1} hours and minutes', counted.key, text)
        : vscode.l10n.t('Work timer of {0}, paused at {1} hours and minutes', counted.key, text),
    };
    this.#item.command = 'deskside.workTimer';
    this.#item.show();
  }
}
