import * as vscode from 'vscode';
import type { Ticket } from '../../desk/ticket.ts';
import { fillMacro } from '../../replies/placeholders.ts';
import { macroValues } from '../../replies/macroValues.ts';
import type { StoreReader } from '../../store/api.ts';

export interface FillDeps {
  reader: Pick<StoreReader, 'accountState'>;
  now: () => number;
}

/** A macro's text as it reads for a ticket. */
export function fillFor({ reader, now }: FillDeps, ticket: Ticket, text: string): string {
  const date = new Date(now()).toLocaleDateString(vscode.env.language, { dateStyle: 'long' });
  return fillMacro(text, macroValues(ticket, { me: reader.accountState(ticket.accountId)?.me, date }));
}
