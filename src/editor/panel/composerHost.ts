import * as vscode from 'vscode';
import type { Draft, DraftFile, DraftKind } from '../../desk/draft.ts';
import type { Result } from '../../desk/errors.ts';
import type { Ticket, TicketRef } from '../../desk/ticket.ts';
import type { Waits } from '../../desk/waits.ts';
import { unclosedPassage, withoutComments } from '../../replies/passages.ts';
import { openPlaceholders } from '../../replies/placeholders.ts';
import { postSteps } from '../../replies/postSteps.ts';
import type { StoreReader } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type {
  ComposedDraft,
  ComposerState,
  ComposerVisibility,
  DraftState,
  FromComposer,
  ToPanel,
} from '../../webviews/messages.ts';
import { confirmPublic } from '../confirmPublic.ts';
import { keepFiles, pickFiles, sentFiles, type NewFile } from '../drafts/draftFiles.ts';
import type { Drafts } from '../drafts/drafts.ts';
import { whyNoFiles } from '../drafts/mayAttach.ts';
import { explain } from '../errors.ts';
import { confirmOpen } from '../macros/confirmOpen.ts';
import { waitsOf } from '../outbox/sayQueued.ts';
import { suggestionsFor, type SuggestionDeps } from './suggestions.ts';

/** What the composer needs of its surroundings. */
export interface ComposerDeps extends SuggestionDeps {
  reader: SuggestionDeps['reader'] & Pick<StoreReader, 'ticket' | 'draftFor' | 'accountState'>;
  sync: SuggestionDeps['sync'] & Pick<Sync, 'enqueue' | 'isWorkingOffline'>;
  drafts: Pick<
    Drafts,
    'read' | 'update' | 'discard' | 'files' | 'ensure' | 'attach' | 'detach' | 'dropIfEmpty'
  >;
  memory: vscode.Memento;
}

/** The panel that the composer is a part of. */
export interface ComposerPanel {
  tell(message: ToPanel): void;
  /** What the panel shows may have changed; `problem` says what went wrong. */
  changed(problem?: string): void;
}

const draftKind: Record<ComposerVisibility, DraftKind> = { public: 'reply', internal: 'note' };

/** The extension's side of the composer: keeps what is being written, and queues what is sent. */
export class ComposerHost {
  readonly #deps: ComposerDeps;
  readonly #ref: TicketRef;
  readonly #panel: ComposerPanel;
  #turns: Record<ComposerVisibility, number> = { public: 0, internal: 0 };
  /** Drafts and sends happen in the order in which the user did them. */
  #queue: Promise<void> = Promise.resolve();
  #asking = new AbortController();

  constructor(deps: ComposerDeps, ref: TicketRef, panel: ComposerPanel) {
    this.#deps = deps;
    this.#ref = ref;
    this.#panel = panel;
  }

  get state(): ComposerState {
    return { public: this.#draft('public'), internal: this.#draft('internal') };
  }

  /** A new page begins to count its turns anew. */
  begin(): void {
    const anew = (): void => {
      this.#turns = { public: 0, internal: 0 };
    };
    anew();
    this.#queue = this.#queue.then(anew);
  }

  /** The user does something in the composer; `ticket` is as they see it. */
  receive(message: FromComposer, ticket: Ticket | undefined): void {
    const { visibility } = message;
    switch (message.type) {
      case 'draft':
        this.#next(() => this.#keep(visibility, message));
        break;
      case 'send':
        this.#next(() => this.#settle(ticket, visibility, message.text));
        break;
      case 'attach':
        void this.#pick(visibility);
        break;
      case 'attach-bytes':
        this.#next(() => this.#attach(visibility, [message]));
        break;
      case 'detach':
        this.#next(() => this.#detach(visibility, message.fileId));
        break;
      case 'insert-macro':
        void this.#insertMacro(visibility);
        break;
      case 'suggest':
        void this.#suggest(message);
        break;
    }
  }

  /** What one of them throws is told, and keeps none of the next from happening. */
  #next(act: () => Promise<void>): void {
    this.#queue = this.#queue
      .then(act)
      .catch((error: unknown) => this.#panel.changed(error instanceof Error ? error.message : String(error)));
  }

  #draft(visibility: ComposerVisibility): ComposedDraft {
    const kind = draftKind[visibility];
    const whole = this.#deps.drafts.read(kind, this.#ref);
    const text = whole.includes('<!--') ? withoutComments(whole) : whole;
    return {
      text,
      turn: this.#turns[visibility],
      files: this.#deps.drafts.files(kind, this.#ref),
      open: [...new Set(openPlaceholders(text).map((one) => one.text))],
    };
  }

  async #keep(visibility: ComposerVisibility, { text, turn }: DraftState): Promise<void> {
    const ticket = this.#deps.reader.ticket(this.#ref);
    if (ticket === undefined) return;
    const label = labelOf(visibility, ticket);
    const kept = await this.#deps.drafts.update(draftKind[visibility], ticket, label, text);
    if (kept.ok) this.#turns[visibility] = turn;
    this.#panel.changed(
      kept.ok
        ? undefined
        : vscode.l10n.t('What you are writing could not be saved: {0}', explain(kept.error)),
    );
  }

  async #settle(ticket: Ticket | undefined, visibility: ComposerVisibility, text: string): Promise<void> {
    const outcome = await this.#send(ticket, visibility, text);
    this.#panel.tell({ type: 'sent', ref: this.#ref, visibility, ...outcome });
    this.#panel.changed();
  }

  async #send(
    ticket: Ticket | undefined,
    visibility: ComposerVisibility,
    text: string,
  ): Promise<{ error?: string; kept?: boolean; waits?: Waits }> {
    const { sync, reader, drafts, memory } = this.#deps;
    const body = withoutComments(text);
    const kind = draftKind[visibility];
    const files = drafts.files(kind, this.#ref);
    if (ticket === undefined || (body === '' && files.length === 0)) {
      return { error: vscode.l10n.t('There is nothing to send.') };
    }
    if (unclosedPassage(text) !== undefined) {
      return {
        error: vscode.l10n.t('The passage that is not to be sent is not closed: write --> below it.'),
      };
    }
    if (!(await confirmOpen(body))) return { kept: true };
    if (visibility === 'public' && !(await confirmPublic(memory, ticket, ticket.key))) return { kept: true };
    const said = visibility === 'public' ? 'reply' : 'note';
    const queued = await sync.enqueue({
      accountId: ticket.accountId,
      ticket,
      label: ticket.key,
      intent: body === '' ? 'attach' : said,
      steps: postSteps({ kind: said, visibility, body }, sentFiles(files)),
    });
    if (!queued.ok) return { error: explain(queued.error) };
    const draft = reader.draftFor(kind, this.#ref);
    if (draft !== undefined) await drafts.discard(draft);
    const waits = waitsOf(this.#deps, ticket.accountId);
    return waits === undefined ? {} : { waits };
  }

  async #pick(visibility: ComposerVisibility): Promise<void> {
    const why = this.#whyNoFiles(visibility);
    const { key } = this.#deps.reader.ticket(this.#ref) ?? { key: '' };
    const title =
      visibility === 'public'
        ? vscode.l10n.t('Attach to the Public Reply to {0}', key)
        : vscode.l10n.t('Attach to the Internal Note on {0}', key);
    const files = why ?? (await pickFiles(title));
    if (typeof files === 'string') this.#say(visibility, files);
    else if (files !== undefined) this.#next(() => this.#attach(visibility, files));
  }

  async #attach(visibility: ComposerVisibility, files: readonly NewFile[]): Promise<void> {
    const why = this.#whyNoFiles(visibility);
    const draft = why === undefined ? await this.#ensure(visibility) : undefined;
    if (why !== undefined || draft === undefined) {
      this.#say(visibility, why ?? vscode.l10n.t('This ticket is no longer here.'));
      return;
    }
    const problem = draft.ok ? await this.#keepFiles(visibility, draft.value, files) : explain(draft.error);
    if (problem !== undefined) this.#say(visibility, problem);
    this.#panel.changed();
  }

  async #keepFiles(
    visibility: ComposerVisibility,
    draft: Draft,
    files: readonly NewFile[],
  ): Promise<string | undefined> {
    const { drafts } = this.#deps;
    const problem = await keepFiles(drafts, draft, this.#files(visibility).length, files);
    if (problem !== undefined) await drafts.dropIfEmpty(draft);
    return problem;
  }

  async #detach(visibility: ComposerVisibility, fileId: string): Promise<void> {
    const draft = this.#deps.reader.draftFor(draftKind[visibility], this.#ref);
    const isIts = this.#files(visibility).some(({ id }) => id === fileId);
    if (draft === undefined || !isIts) return;
    const detached = await this.#deps.drafts.detach(draft, fileId);
    if (!detached.ok) this.#say(visibility, explain(detached.error));
    this.#panel.changed();
  }

  async #insertMacro(visibility: ComposerVisibility): Promise<void> {
    const ticket = this.#deps.reader.ticket(this.#ref);
    if (ticket === undefined) return;
    const { macroText } = await import('../writing/writing.ts');
    const text = await macroText(this.#deps, ticket, visibility);
    if (text !== undefined) this.#panel.tell({ type: 'insert', ref: this.#ref, visibility, text });
    else this.#panel.tell({ type: 'focus-composer', visibility });
  }

  async #suggest(message: Extract<FromComposer, { type: 'suggest' }>): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const ticket = this.#deps.reader.ticket(this.#ref);
    const suggestions = ticket ? await suggestionsFor(this.#deps, ticket, message, signal) : [];
    if (!signal.aborted) this.#panel.tell({ type: 'suggestions', turn: message.turn, suggestions });
  }

  async #ensure(visibility: ComposerVisibility): Promise<Result<Draft> | undefined> {
    const ticket = this.#deps.reader.ticket(this.#ref);
    return ticket && this.#deps.drafts.ensure(draftKind[visibility], ticket, labelOf(visibility, ticket));
  }

  #files(visibility: ComposerVisibility): DraftFile[] {
    return this.#deps.drafts.files(draftKind[visibility], this.#ref);
  }

  #whyNoFiles(visibility: ComposerVisibility): string | undefined {
    const can = this.#deps.reader.accountState(this.#ref.accountId)?.capabilities;
    return whyNoFiles(draftKind[visibility], can);
  }

  #say(visibility: ComposerVisibility, words: string): void {
    this.#panel.tell({ type: 'composer-problem', ref: this.#ref, visibility, words });
  }
}

function labelOf(visibility: ComposerVisibility, { key }: Ticket): string {
  return visibility === 'public' ? vscode.l10n.t('Reply to {0}', key) : vscode.l10n.t('Note on {0}', key);
}
