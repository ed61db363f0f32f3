import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { elapsed } from '../../desk/elapsed.ts';
import type { Attachment, Entry } from '../../desk/entry.ts';
import type { Counted } from '../../desk/workTime.ts';
import type { DocumentRef } from '../../desk/links.ts';
import { sameTicket, ticketRef, type Instant, type Ticket, type TicketRef } from '../../desk/ticket.ts';
import type { StoreReader } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type {
  ComposerRequest,
  ComposerVisibility,
  FromComposer,
  FromPanel,
  PanelAction,
  PanelState,
  PanelTimer,
  ToPanel,
} from '../../webviews/messages.ts';
import type { PropertyMessage } from '../commands/properties.ts';
import type { WorkTimer } from '../workTimer.ts';
import { parseFromPanel } from '../../webviews/validate.ts';
import type { Accounts } from '../accounts.ts';
import { explain } from '../errors.ts';
import { ComposerHost, type ComposerDeps } from './composerHost.ts';
import { panelHtml } from './panelHtml.ts';
import { panelState, type PanelSources } from './panelState.ts';
import { previewAttachment } from './previewAttachment.ts';
import { saveAttachment } from './saveAttachment.ts';
import { titleOf } from './panelTitle.ts';
import { Ticks } from './ticks.ts';
import { TimelineFeed } from './timelineFeed.ts';

/** What a panel needs of its surroundings. */
export interface PanelDeps {
  extensionUri: vscode.Uri;
  reader: ComposerDeps['reader'] & PanelSources['reader'] & Pick<StoreReader, 'operation' | 'seenUntil'>;
  sync: ComposerDeps['sync'] & Pick<Sync, 'refreshTicket' | 'attachment'>;
  accounts: Pick<Accounts, 'get'>;
  drafts: ComposerDeps['drafts'];
  memory: ComposerDeps['memory'];
  /** Runs what a button of the panel is for. Never `refresh`: the panel does that itself. */
  runAction(action: PanelAction, ref: TicketRef): void;
  openDocument(document: DocumentRef): Promise<void>;
  /** Shows another ticket, in the panel that is in front. */
  openTicket(ref: TicketRef): void;
  timer: Pick<WorkTimer, 'of'>;
  /** Does what is asked for while a property is edited in the panel, or answers with `tell`. */
  property(message: PropertyMessage, tell: (answer: ToPanel) => void, signal: AbortSignal): Promise<void>;
  /** Shows the record of a run. */
  openRun(runId: string): void;
  /** The user has seen the timeline until then. */
  markSeen(ref: TicketRef, until: Instant): void;
  now(): Instant;
}

const refreshAtMostEvery = 15_000;
const seenAfter = 1_000;

/** A panel that shows one ticket, and later maybe another: tells the webview what there is, and does what the user asks for there. */
export class PanelHost {
  #ref: TicketRef;
  readonly panel: vscode.WebviewPanel;
  readonly #deps: PanelDeps;
  readonly #ticks: Ticks;
  readonly #feed = new TimelineFeed((message) => this.#post(message));
  /** Of each ticket that was shown here: what was written last may still be on its way when the next one is shown. */
  readonly #composers = new Map<string, ComposerHost>();
  #left = new AbortController();
  #anchor: string | undefined;
  #ready = false;
  /** What is told before the page runs: what was there when it was made is in the page itself. */
  #early: ToPanel[] | undefined = [];
  #compose: ComposerVisibility | undefined;
  #shown: { text: string; ticket: Ticket; pending: Set<string> } | undefined;
  #problem: string | undefined;
  #refreshedAt: Instant = Number.NEGATIVE_INFINITY;
  #seenUntil: Instant | undefined;
  #seenTimer: NodeJS.Timeout | undefined;

  constructor(deps: PanelDeps, panel: vscode.WebviewPanel, ref: TicketRef) {
    this.#deps = deps;
    this.#ticks = new Ticks(deps.memory);
    this.panel = panel;
    this.#ref = ticketRef(ref);
    this.#seenUntil = deps.reader.seenUntil(ref);
    this.#tellAll();
    this.#dress(this.#early?.splice(0));
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const accepted = parseFromPanel(message);
      if (accepted !== undefined) this.#receive(accepted);
    });
    panel.onDidChangeViewState(() => this.#viewChanged());
    panel.onDidDispose(() => {
      this.#left.abort();
      this.#feed.begin();
      clearTimeout(this.#seenTimer);
    });
  }

  /** The ticket that is shown. */
  get ref(): TicketRef {
    return this.#ref;
  }

  /** Shows another ticket in the same page. */
  turnTo(ref: TicketRef): void {
    this.#left.abort();
    clearTimeout(this.#seenTimer);
    this.#left = new AbortController();
    this.#ref = ticketRef(ref);
    this.#seenUntil = this.#deps.reader.seenUntil(ref);
    this.#refreshedAt = Number.NEGATIVE_INFINITY;
    [this.#anchor, this.#problem, this.#shown] = [undefined, undefined, undefined];
    this.#feed.begin();
    this.#composerOf(ref).begin();
    this.update();
    void this.refresh(false);
  }

  /** Brings the panel to the front, and the cursor into its composer if one is named. */
  show(compose: ComposerVisibility | undefined): void {
    this.#compose = compose;
    if (!this.panel.active) this.panel.reveal();
    if (this.#ready) this.#focusComposer();
  }

  /** Has the page say which field the user is in, and asks them for what goes there. */
  askFor(what: ComposerRequest): void {
    this.#post({ type: 'ask-for', what });
  }

  /** Something in the store, or a draft, changed: tells the webview if it shows. */
  update(): void {
    if ((!this.#ready && !this.#early) || !this.panel.visible) return;
    const { reader, accounts } = this.#deps;
    const shown = panelState(this.ref, {
      reader,
      accountLabel: accounts.get(this.ref.accountId)?.label ?? this.ref.accountId,
      composer: this.#composerOf(this.ref).state,
      timer: timerOf(this.#deps.timer.of(this.ref)),
      seenUntil: this.#seenUntil,
      problem: this.#problem,
      ticked: (entryId) => this.#ticks.of(this.ref, entryId),
      explain,
      now: this.#deps.now(),
    });
    if (shown === undefined) {
      const reason =
        this.#problem ?? vscode.l10n.t('This ticket is not on this machine. It is being looked for.');
      this.#post({ type: 'gone', reason });
      return;
    }
    const { state, entries } = shown;
    const text = JSON.stringify({ ...state, now: 0 });
    if (text !== this.#shown?.text) this.#tell(state, text);
    this.#feed.tell(this.ref, entries, [this.#anchor, state.firstNew]);
    this.#seenSoon(entries);
  }

  #tell(state: PanelState, text: string): void {
    this.panel.title = titleOf(state.ticket);
    this.#post({ type: 'state', state });
    for (const id of this.#shown?.pending ?? []) this.#tellIfArrived(id);
    this.#shown = { text, ticket: state.ticket, pending: new Set(state.pending.map(({ id }) => id)) };
  }

  /** Fetches the timeline; `force` also when that was done a moment ago. */
  async refresh(force: boolean): Promise<void> {
    const now = this.#deps.now();
    if (!force && elapsed(this.#refreshedAt, now) < refreshAtMostEvery) return;
    this.#refreshedAt = now;
    const { signal } = this.#left;
    const refreshed = await this.#deps.sync.refreshTicket(this.ref, signal);
    if (signal.aborted) return;
    this.#problem = refreshed.ok ? undefined : explain(refreshed.error);
    this.update();
  }

  #dress(begin: ToPanel[] | undefined): void {
    const { webview } = this.panel;
    const file = (...segments: string[]): vscode.Uri =>
      vscode.Uri.joinPath(this.#deps.extensionUri, ...segments);
    const icon = (theme: string): vscode.Uri => file('media', `ticket-${theme}.svg`);
    webview.html = panelHtml({
      script: webview.asWebviewUri(file('dist', 'webviews', 'panel.js')).toString(),
      nonce: randomBytes(16).toString('base64url'),
      ...(begin && { begin }),
    });
    this.panel.iconPath = { light: icon('light'), dark: icon('dark') };
  }

  #receive(message: FromPanel): void {
    switch (message.type) {
      case 'ready':
        this.#began(message.anchor, message.begun === true);
        break;
      case 'action':
        if (message.action === 'refresh') void this.refresh(true);
        else this.#deps.runAction(message.action, this.ref);
        break;
      case 'tick':
        void this.#ticks.set(this.ref, message.entryId, message.text, message.done).then(() => this.update());
        break;
      case 'open-link':
        void vscode.env.openExternal(vscode.Uri.parse(message.url, true));
        break;
      case 'open-document':
        this.#openDocument(message.source, message.id);
        break;
      case 'open-ticket':
        this.#deps.openTicket(message.ref);
        break;
      case 'open-run':
        this.#deps.openRun(message.runId);
        break;
      case 'preview':
        void this.#preview(message.attachmentId);
        break;
      case 'save-attachment':
        this.#save(message.attachmentId);
        break;
      case 'show-all':
        this.#showAll(message.entryId);
        break;
      case 'draft':
      case 'send':
      case 'insert-macro':
      case 'attach':
      case 'attach-bytes':
      case 'detach':
      case 'suggest':
        this.#write(message);
        break;
      case 'ask-choices':
      case 'ask-people':
      case 'set':
      case 'unwatch':
      case 'unrelate':
        // Only for the ticket that the user sees.
        if (sameTicket(message.ref, this.ref)) {
          void this.#deps.property(message, (answer) => this.#post(answer), this.#left.signal);
        }
        break;
    }
  }

  /** A webview that was hidden begins anew: it knows nothing that counts. */
  #began(anchor: string | undefined, withWhatItHad: boolean): void {
    const early = this.#early;
    this.#early = undefined;
    this.#ready = true;
    if (withWhatItHad && early !== undefined) {
      for (const message of early) this.#post(message);
      this.update();
    } else {
      this.#anchor = anchor;
      this.#tellAll();
    }
    this.#focusComposer();
    void this.refresh(false);
  }

  #tellAll(): void {
    this.#shown = undefined;
    this.#feed.begin();
    this.#composerOf(this.ref).begin();
    this.#post({ type: 'language', language: vscode.env.language, words: { ...vscode.l10n.bundle } });
    this.update();
  }

  #composerOf(ref: TicketRef): ComposerHost {
    const key = `${ref.accountId}/${ref.id}`;
    const known = this.#composers.get(key);
    if (known !== undefined) return known;
    const composer = new ComposerHost(this.#deps, ticketRef(ref), {
      tell: (message) => this.#post(message),
      changed: (problem) => {
        if (!sameTicket(ref, this.ref)) return;
        this.#problem = problem ?? this.#problem;
        this.update();
      },
    });
    this.#composers.set(key, composer);
    return composer;
  }

  /** Sent only for the ticket that the user sees: what was written for another one stays its draft. */
  #write(message: FromComposer): void {
    const seen = sameTicket(message.ref, this.ref) ? this.#shown?.ticket : undefined;
    this.#composerOf(message.ref).receive(message, seen);
  }

  #viewChanged(): void {
    if (this.panel.visible) {
      this.update();
      return;
    }
    this.#ready = false;
    this.#early = undefined;
    clearTimeout(this.#seenTimer);
    this.#seenUntil = this.#deps.reader.seenUntil(this.ref);
  }

  #focusComposer(): void {
    if (this.#compose !== undefined) this.#post({ type: 'focus-composer', visibility: this.#compose });
    this.#compose = undefined;
  }

  #openDocument(source: 'link' | 'entry', id: string): void {
    const links = this.#deps.reader.linksOf(this.ref);
    const link = source === 'link' ? links.find((one) => one.id === id) : this.#entry(id)?.link;
    if (link !== undefined) void this.#deps.openDocument(link.document);
  }

  #save(attachmentId: string): void {
    const attachment = this.#attachment(attachmentId);
    if (attachment !== undefined) void saveAttachment(this.#deps.sync, this.ref, attachment);
  }

  #attachment(id: string): Attachment | undefined {
    return this.#deps.reader
      .entries(this.ref)
      .flatMap(({ attachments }) => attachments)
      .find((one) => one.id === id);
  }

  async #preview(attachmentId: string): Promise<void> {
    if (this.#attachment(attachmentId) === undefined) return;
    const { signal } = this.#left;
    const image = await previewAttachment(this.#deps.sync, this.ref, attachmentId, signal);
    if (!signal.aborted) this.#post({ type: 'preview', attachmentId, image });
  }

  #showAll(entryId: string): void {
    const body = this.#entry(entryId)?.body;
    if (body !== undefined) this.#post({ type: 'body', entryId, body });
  }

  #entry(id: string): Entry | undefined {
    return this.#deps.reader.entries(this.ref).find((entry) => entry.id === id);
  }

  #tellIfArrived(operationId: string): void {
    const operation = this.#deps.reader.operation(operationId);
    if (operation?.state === 'confirmed') this.#post({ type: 'arrived', intent: operation.intent });
  }

  /** What stands in front of the user for a moment has been seen. */
  #seenSoon(entries: readonly Entry[]): void {
    const { ref } = this;
    const last = entries.at(-1)?.at;
    if (last === undefined) return;
    clearTimeout(this.#seenTimer);
    this.#seenTimer = setTimeout(() => {
      const seen = this.#deps.reader.seenUntil(ref) ?? Number.NEGATIVE_INFINITY;
      if (this.panel.visible && vscode.window.state.focused && seen < last) {
        this.#deps.markSeen(ref, last);
      }
    }, seenAfter);
  }

  #post(message: ToPanel): void {
    if (this.#early) this.#early.push(message);
    else void this.panel.webview.postMessage(message);
  }
}

function timerOf(counted: Counted | undefined): PanelTimer | undefined {
  if (counted === undefined) return undefined;
  const { elapsed, startedAt } = counted;
  return { elapsed, ...(startedAt !== undefined && { startedAt }) };
}
