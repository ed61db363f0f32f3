/** What a link to a ticket says: `vscode://deskside.deskside/ticket/RT-12?at=rt.example.com`. */
export interface TicketLink {
  key: string;
  /** Host of the ticketing system, where the ticket has one: accounts are called differently on each machine. */
  at?: string;
}

const folder = '/ticket/';
const longestKey = 100;

/** Path and query of a link, not yet percent-encoded. */
export function ticketLinkParts({ key, at }: TicketLink): { path: string; query: string } {
  return { path: folder + key, query: at === undefined ? '' : `at=${at}` };
}

/** What a link's decoded path and query name; nothing where it is no link to a ticket. */
export function parseTicketLink(path: string, query: string): TicketLink | undefined {
  const key = path.startsWith(folder) ? path.slice(folder.length) : '';
  if (key === '' || key.length > longestKey || /[\p{Cc}\s]/u.test(key)) return undefined;
  const at = new URLSearchParams(query).get('at');
  return { key, ...(at !== null && at !== '' && { at }) };
}
