import * as vscode from 'vscode';
import type { DraftKind } from '../../desk/draft.ts';
import type { Ticket, TicketRef } from '../../desk/ticket.ts';
import { withoutComments } from '../../replies/passages.ts';
import type { StoreReader } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type { ComposerState, ComposerVisibility, DraftState, ToPanel } from '../../webviews/messages.ts';
import { confirmPublic } from '../confirmPublic.ts';
import type { Drafts } from '../drafts/drafts.ts';
import { explain } from '../errors.ts';

/** What the composer needs of its surroundings. */
export interface ComposerDeps {
  reader: Pick<StoreReader, 'ticket' | 'draftFor'>;
  sync: Pick<Sync, 'enqueue'>;
  drafts: Pick<Drafts, 'read' | 'update' | 'discard'>;
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

  /** The user is writing. */
  keep(visibility: ComposerVisibility, draft: DraftState): void {
    this.#queue = this.#queue.then(() => this.#keep(visibility, draft));
  }

  /** Queues what was written, as exactly what it was named; `ticket` is as the user sees it. */
  send(ticket: Ticket | undefined, visibility: ComposerVisibility, text: string): void {
    this.#queue = this.#queue.then(async () => {
      const outcome = await this.#send(ticket, visibility, text);
      this.#panel.tell({ type: 'sent', ref: this.#ref, visibility, ...outcome });
      this.#panel.changed();
    });
  }

  #draft(visibility: ComposerVisibility): DraftState {
    const text = this.#deps.drafts.read(draftKind[visibility], this.#ref);
    return { text: text.includes('<!--') ? withoutComments(text) : text, turn: this.#turns[visibility] };
  }

  async #keep(visibility: ComposerVisibility, { text, turn }: DraftState): Promise<void> {
    const ticket = this.#deps.reader.ticket(this.#ref);
    if (ticket === undefined) return;
    const label =
      visibility === 'public'
        ? vscode.l10n.t('Reply to {0}', ticket.key)
        : vscode.l10n.t('Note on {0}', ticket.key);
    const kept = await this.#deps.drafts.update(draftKind[visibility], ticket, label, text);
    if (kept.ok) this.#turns[visibility] = turn;
    this.#panel.changed(
      kept.ok
        ? undefined
        : vscode.l10n.t('What you are writing could not be saved: {0}', explain(kept.error)),
    );
  }

  async #send(
    ticket: Ticket | undefined,
    visibility: ComposerVisibility,
    text: string,
  ): Promise<{ error?: string; kept?: boolean }> {
    const { sync, reader, drafts, memory } = this.#deps;
    const body = withoutComments(text);
    if (ticket === undefined || body === '') return { error: vscode.l10n.t('There is nothing to send.') };
    if (visibility === 'public' && !(await confirmPublic(memory, ticket, ticket.key))) return { kept: true };
    const kind = visibility === 'public' ? 'reply' : 'note';
    const queued = await sync.enqueue({
      accountId: ticket.accountId,
      ticket,
      label: ticket.key,
      intent: kind,
      steps: [{ type: 'post', kind, visibility, body }],
    });
    if (!queued.ok) return { error: explain(queued.error) };
    const draft = reader.draftFor(draftKind[visibility], this.#ref);
    if (draft !== undefined) await drafts.discard(draft);
    return {};
  }
}
