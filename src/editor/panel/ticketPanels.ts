import * as vscode from 'vscode';
import { sameTicket, type TicketRef } from '../../desk/ticket.ts';
import type { StoreReader } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type { ComposerRequest, ComposerVisibility } from '../../webviews/messages.ts';
import { parseMemory } from '../../webviews/validate.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { WorkTimer } from '../workTimer.ts';
import { PanelHost, type PanelDeps } from './panelHost.ts';
import { titleOf } from './panelTitle.ts';
import { StrayTabs } from './strayTabs.ts';

const viewType = 'deskside.ticket';

/** What the panels need: as each of them, and to hear of changes. */
export interface TicketPanelsDeps extends PanelDeps {
  reader: PanelDeps['reader'] & Pick<StoreReader, 'ticketsByKey'>;
  sync: PanelDeps['sync'] & Pick<Sync, 'onDidChange'>;
  drafts: PanelDeps['drafts'] & Pick<Drafts, 'onDidChange'>;
  timer: PanelDeps['timer'] & Pick<WorkTimer, 'onDidChange'>;
}

/** The open ticket panels: one for each ticket, as there is one editor for each file. Restored after a reload. */
export class TicketPanels implements vscode.Disposable {
  readonly #deps: TicketPanelsDeps;
  readonly #hosts = new Set<PanelHost>();
  readonly #activeChanged = new vscode.EventEmitter<TicketRef | undefined>();
  readonly #strays: StrayTabs;
  readonly #disposables: { dispose(): void }[];

  /** Another ticket's panel, or none, is the active editor now. */
  readonly onDidChangeActive = this.#activeChanged.event;

  constructor(deps: TicketPanelsDeps) {
    this.#deps = deps;
    this.#strays = new StrayTabs(
      viewType,
      (title) => [...this.#hosts].some(({ panel }) => panel.title === title),
      (title, column) => this.#replace(title, column),
    );
    this.#disposables = [
      this.#activeChanged,
      this.#strays,
      deps.sync.onDidChange(() => this.#update()),
      deps.drafts.onDidChange((ref) => this.#update(ref)),
      deps.timer.onDidChange((ref) => this.#update(ref)),
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel, state: unknown) => this.#restore(panel, state),
      }),
    ];
  }

  /** Shows a ticket: its open panel, or a new one. */
  open(ref: TicketRef, options: { compose?: ComposerVisibility } = {}): void {
    const known = this.#hostOf(ref);
    if (known === undefined) this.#strays.close(this.#titleFor(ref));
    const host = known ?? this.#begin(ref, vscode.ViewColumn.Active);
    host.show(options.compose);
  }

  /** Shows another ticket in the panel that is in front, unless it has a panel of its own. */
  turnTo(ref: TicketRef): void {
    const host = [...this.#hosts].find(({ panel }) => panel.active);
    if (host === undefined || this.#hostOf(ref) !== undefined) {
      this.open(ref);
      return;
    }
    host.turnTo(ref);
    this.#activeChanged.fire(this.active());
  }

  /** The ticket whose panel is the active editor. */
  active(): TicketRef | undefined {
    return [...this.#hosts].find(({ panel }) => panel.active)?.ref;
  }

  /** Asks for a macro for the box of the panel in front; false where none is. */
  insertMacro(): boolean {
    return this.#askFor('insert-macro');
  }

  /** Asks for files for the box of the panel in front; false where none is. */
  attachFile(): boolean {
    return this.#askFor('attach');
  }

  dispose(): void {
    for (const { panel } of this.#hosts) panel.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #askFor(what: ComposerRequest): boolean {
    const host = [...this.#hosts].find(({ panel }) => panel.active);
    host?.askFor(what);
    return host !== undefined;
  }

  #hostOf(ref: TicketRef): PanelHost | undefined {
    return [...this.#hosts].find((host) => sameTicket(host.ref, ref));
  }

  #titleFor(ref: TicketRef): string {
    const ticket = this.#deps.reader.ticket(ref);
    return ticket === undefined ? vscode.l10n.t('Ticket') : titleOf(ticket);
  }

  #begin(ref: TicketRef, column: vscode.ViewColumn): PanelHost {
    const panel = vscode.window.createWebviewPanel(viewType, this.#titleFor(ref), column, this.#options);
    return this.#adopt(panel, ref);
  }

  /** A panel is made with them; one that VS Code restores is told. */
  get #options(): vscode.WebviewOptions {
    return {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(this.#deps.extensionUri, 'dist', 'webviews')],
    };
  }

  /** Shows the ticket of a stray tab anew; false where the title names none that is here. */
  #replace(title: string, column: vscode.ViewColumn): boolean {
    const [key = ''] = title.split(' ', 1);
    const named = this.#deps.reader.ticketsByKey(key);
    const ticket = named.find((one) => titleOf(one) === title) ?? named[0];
    if (ticket === undefined || this.#hostOf(ticket) !== undefined) return false;
    this.#begin(ticket, column);
    return true;
  }

  #restore(panel: vscode.WebviewPanel, state: unknown): Thenable<void> {
    const ref = parseMemory(state)?.ref;
    if (ref === undefined || this.#hostOf(ref) !== undefined) panel.dispose();
    else {
      panel.webview.options = this.#options;
      this.#adopt(panel, ref);
    }
    return Promise.resolve();
  }

  #adopt(panel: vscode.WebviewPanel, ref: TicketRef): PanelHost {
    const host = new PanelHost(this.#deps, panel, ref);
    this.#hosts.add(host);
    panel.onDidChangeViewState(() => this.#activeChanged.fire(this.active()));
    panel.onDidDispose(() => {
      this.#hosts.delete(host);
      this.#activeChanged.fire(this.active());
    });
    this.#activeChanged.fire(this.active());
    return host;
  }

  #update(ref?: TicketRef): void {
    for (const host of this.#hosts) if (ref === undefined || sameTicket(host.ref, ref)) host.update();
  }
}
