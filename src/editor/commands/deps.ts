import type * as vscode from 'vscode';
import type { Instant } from '../../desk/ticket.ts';
import type { StoreReader, StoreWriter } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type { Accounts } from '../accounts.ts';
import type { Connections } from '../connections.ts';
import type { Credentials } from '../credentials.ts';
import type { CurrentTicket } from '../currentTicket.ts';
import type { Drafts } from '../drafts/drafts.ts';
import type { TicketInHand } from '../ticketInHand.ts';
import type { TicketPanels } from '../panel/ticketPanels.ts';
import type { TicketsView } from '../tickets/ticketsView.ts';
import type { WorkTimer } from '../workTimer.ts';
import type { CommandRegistry } from './commandTable.ts';

/** What the commands are built from. */
export interface CommandDeps {
  /** Where commands are registered: those of the manifest exist before what they do is loaded. */
  commands: CommandRegistry;
  reader: StoreReader;
  writer: StoreWriter;
  sync: Sync;
  accounts: Accounts;
  credentials: Credentials;
  connections: Connections;
  current: CurrentTicket;
  drafts: Drafts;
  panels: Pick<TicketPanels, 'open' | 'active' | 'insertMacro' | 'attachFile'>;
  inHand: Pick<TicketInHand, 'pin'>;
  timer: Pick<WorkTimer, 'counted' | 'of' | 'elapsed' | 'start' | 'pause' | 'clear'>;
  view: Pick<TicketsView, 'queue' | 'show' | 'layout' | 'arrange'>;
  log: Pick<vscode.LogOutputChannel, 'show'>;
  /** Kept for all windows: what is known of accounts while they can't be reached. */
  memory: vscode.Memento;
  now: () => Instant;
}
