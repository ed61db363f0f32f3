import * as vscode from 'vscode';
import type { Draft, DraftFile, DraftKind } from '../../desk/draft.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Instant, Ticket, TicketRef } from '../../desk/ticket.ts';
import { endOfWriting } from '../../replies/passages.ts';
import type { StoreReader, StoreWriter } from '../../store/api.ts';
import { draftScheme, draftUri, idOfDraft } from './draftUri.ts';

export interface DraftsOptions {
  reader: StoreReader;
  writer: StoreWriter;
  now(): Instant;
  newId(): string;
}

/** How long typing may go on before it reaches `work.db`, in milliseconds. */
const saveWithin = 700;

/**
 * Text not yet sent. Every draft is a document of our own file system, kept in `work.db`; the panel's composer shows
 * the same ones. While a document is open it owns its draft: everyone else edits through it.
 */
export class Drafts implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #options: DraftsOptions;
  readonly #changed = new vscode.EventEmitter<TicketRef | undefined>();
  readonly #filesChanged = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #saving = new Map<string, NodeJS.Timeout>();
  /**
   * Drafts that are no more, by id: what an editor still saves of them is not kept. It finds them all the same, because
   * it could not end its saving otherwise, and would stay.
   */
  readonly #discarded = new Map<string, Draft>();
  readonly #disposables: { dispose(): void }[];

  /** A ticket's draft changed; `undefined` for one without a ticket. */
  readonly onDidChange = this.#changed.event;
  readonly onDidChangeFile = this.#filesChanged.event;

  constructor(options: DraftsOptions) {
    this.#options = options;
    this.#disposables = [
      this.#changed,
      this.#filesChanged,
      vscode.workspace.registerFileSystemProvider(draftScheme, this, { isCaseSensitive: true }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.scheme === draftScheme && contentChanges.length > 0) this.#saveSoon(document);
      }),
    ];
  }

  /** Opens the ticket's draft of this kind, beginning it with `initial` where there is none. */
  async open(kind: DraftKind, ticket: Ticket | undefined, initial: InitialDraft): Promise<Result<Draft>> {
    let draft = ticket && this.#options.reader.draftFor(kind, ticket);
    if (!draft || (draft.text.trim() === '' && initial.text !== '')) {
      draft = {
        id: draft?.id ?? this.#options.newId(),
        kind,
        accountId: initial.accountId,
        ticketId: ticket?.id,
        label: initial.label,
        text: initial.text,
        ...(ticket && { baseRevision: ticket.revision, seenUntil: ticket.updatedAt }),
        savedAt: this.#options.now(),
      };
      const saved = await this.#save(draft);
      if (!saved.ok) return saved;
    }
    await this.show(draft, draft.text === initial.text ? initial.cursor : undefined);
    return { ok: true, value: draft };
  }

  /** Opens a stored draft in an editor; `cursor` is an offset into its text, its end where none is given. */
  async show(draft: Draft, cursor?: number): Promise<void> {
    const document = await vscode.workspace.openTextDocument(draftUri(draft));
    const at = document.positionAt(cursor ?? endOfWriting(document.getText()));
    await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(at, at) });
  }

  /** What is written so far; empty where nothing is. */
  read(kind: DraftKind, ref: TicketRef): string {
    const draft = this.#options.reader.draftFor(kind, ref);
    if (!draft) return '';
    return openDocument(draft)?.getText() ?? draft.text;
  }

  /** Replaces the ticket's draft of this kind, in the store too; an empty text takes it away. */
  async update(kind: DraftKind, ticket: Ticket, label: string, text: string): Promise<Result<void>> {
    const draft = this.#options.reader.draftFor(kind, ticket);
    const document = draft && openDocument(draft);
    if (document) {
      if (document.getText() === text) return { ok: true, value: undefined };
      const edit = new vscode.WorkspaceEdit();
      edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
      await vscode.workspace.applyEdit(edit);
      return (await document.save())
        ? ok()
        : fail({ reason: 'storage', message: vscode.l10n.t('The draft could not be saved.') });
    }
    if (text.trim() === '' && !this.#hasFiles(draft)) return draft ? this.discard(draft) : ok();
    return this.#save(
      draft
        ? { ...draft, label, text, savedAt: this.#options.now() }
        : this.#begin(kind, ticket, label, text),
    );
  }

  /** The files that go with a draft. */
  files(kind: DraftKind, ref: TicketRef): DraftFile[] {
    const draft = this.#options.reader.draftFor(kind, ref);
    return draft ? this.#options.reader.draftFiles(draft.id) : [];
  }

  /** The ticket's draft of this kind; one without a text is begun where there is none. */
  async ensure(kind: DraftKind, ticket: Ticket, label: string): Promise<Result<Draft>> {
    const known = this.#options.reader.draftFor(kind, ticket);
    if (known) return ok(known);
    const draft = this.#begin(kind, ticket, label, '');
    const saved = await this.#save(draft);
    return saved.ok ? ok(draft) : saved;
  }

  /** Keeps a file with a draft until both are sent. */
  async attach(draft: Draft, file: Omit<DraftFile, 'id' | 'size'>, bytes: Uint8Array): Promise<Result<void>> {
    const added = await this.#options.writer.run('addFile', {
      draft: { id: draft.id, accountId: draft.accountId },
      file: { ...file, id: this.#options.newId(), size: bytes.length },
      bytes,
      at: this.#options.now(),
    });
    if (added.ok) this.#changed.fire(refOf(draft));
    return added;
  }

  /** Takes a file away from a draft, and the draft with its last one if nothing is written. */
  async detach(draft: Draft, fileId: string): Promise<Result<void>> {
    const removed = await this.#options.writer.run('removeFile', fileId);
    if (!removed.ok) return removed;
    this.#changed.fire(refOf(draft));
    return this.dropIfEmpty(draft);
  }

  /** Takes a draft away that has neither a text nor files, unless it is open. */
  async dropIfEmpty({ id }: Draft): Promise<Result<void>> {
    const draft = this.#options.reader.draft(id);
    const empty = draft?.text.trim() === '' && !openDocument(draft) && !this.#hasFiles(draft);
    return draft && empty ? this.discard(draft) : ok();
  }

  /** Puts a draft (back) into the store as it is. */
  async restore(draft: Draft): Promise<Result<void>> {
    this.#discarded.delete(draft.id);
    return this.#save({ ...draft, savedAt: this.#options.now() });
  }

  /** Takes a draft away and closes its editors. */
  async discard(draft: Draft): Promise<Result<void>> {
    this.#cancelSave(draft.id);
    const uri = draftUri(draft);
    const document = openDocument(draft);
    await document?.save();
    this.#discarded.set(draft.id, draft);
    const deleted = await this.#options.writer.run('deleteDraft', draft.id);
    if (!deleted.ok) {
      this.#discarded.delete(draft.id);
      if (document) await this.#save({ ...draft, text: document.getText(), savedAt: this.#options.now() });
      return deleted;
    }
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        (tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString(),
      );
    // What was typed since goes nowhere: an editor with something unsaved would stay, and ask.
    if (document?.isDirty) await document.save();
    // One may be gone already, by the user's hand.
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true).then(undefined, () => false);
    this.#filesChanged.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
    this.#changed.fire(refOf(draft));
    return deleted;
  }

  /** The draft a document shows, as it reads there now. */
  of(document: vscode.TextDocument): Draft | undefined {
    if (document.uri.scheme !== draftScheme) return undefined;
    const draft = this.#options.reader.draft(idOfDraft(document.uri));
    return draft && { ...draft, text: document.getText() };
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const draft = this.#draftAt(uri);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime: draft.savedAt,
      size: Buffer.byteLength(draft.text),
    };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return Buffer.from(this.#draftAt(uri).text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    if (this.#discarded.has(idOfDraft(uri))) return;
    const draft = this.#draftAt(uri);
    const saved = await this.#save({
      ...draft,
      text: Buffer.from(content).toString(),
      savedAt: this.#options.now(),
    });
    if (!saved.ok) throw vscode.FileSystemError.Unavailable(saved.error.message);
  }

  async delete(uri: vscode.Uri): Promise<void> {
    const discarded = await this.discard(this.#draftAt(uri));
    if (!discarded.ok) throw vscode.FileSystemError.Unavailable(discarded.error.message);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    for (const timer of this.#saving.values()) clearTimeout(timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #hasFiles(draft: Draft | undefined): boolean {
    return draft !== undefined && this.#options.reader.draftFiles(draft.id).length > 0;
  }

  #begin(kind: DraftKind, ticket: Ticket, label: string, text: string): Draft {
    return {
      id: this.#options.newId(),
      kind,
      accountId: ticket.accountId,
      ticketId: ticket.id,
      label,
      text,
      baseRevision: ticket.revision,
      seenUntil: ticket.updatedAt,
      savedAt: this.#options.now(),
    };
  }

  #draftAt(uri: vscode.Uri): Draft {
    const id = idOfDraft(uri);
    const draft = this.#options.reader.draft(id) ?? this.#discarded.get(id);
    if (!draft) throw vscode.FileSystemError.FileNotFound(uri);
    return draft;
  }

  async #save(draft: Draft): Promise<Result<void>> {
    const saved = await this.#options.writer.run('saveDraft', draft);
    if (saved.ok) {
      this.#filesChanged.fire([{ type: vscode.FileChangeType.Changed, uri: draftUri(draft) }]);
      this.#changed.fire(refOf(draft));
    }
    return saved;
  }

  #saveSoon(document: vscode.TextDocument): void {
    const id = idOfDraft(document.uri);
    if (this.#saving.has(id)) return;
    const save = () => {
      this.#saving.delete(id);
      if (!document.isClosed && document.isDirty) void document.save();
    };
    this.#saving.set(id, setTimeout(save, saveWithin));
  }

  #cancelSave(id: string): void {
    clearTimeout(this.#saving.get(id));
    this.#saving.delete(id);
  }
}

export interface InitialDraft {
  accountId: string;
  /** Names the document: `Reply to RT-12`. */
  label: string;
  text: string;
  /** Where the cursor begins: an offset into `text`. */
  cursor?: number;
}

function refOf(draft: Draft): TicketRef | undefined {
  return draft.ticketId === undefined ? undefined : { accountId: draft.accountId, id: draft.ticketId };
}

function openDocument(draft: Draft): vscode.TextDocument | undefined {
  const uri = draftUri(draft).toString();
  return vscode.workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.toString() === uri,
  );
}
