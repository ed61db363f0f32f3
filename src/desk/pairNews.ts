import type { Entry } from './entry.ts';
import { plainText } from './htmlText.ts';
import { fieldsBefore, type Seen, type Step } from './operation.ts';
import { linkedName, passedAt, type Passed, type Side, type TicketPair } from './pair.ts';
import { isActive, sameTicket, type Ticket } from './ticket.ts';

/** What there is to pass on, each as the steps on the ticket it goes to; and the pair after that. */
export interface News {
  pair: TicketPair;
  from: Step[];
  to: Step[];
  /** Both are done with: nothing more is passed on. */
  over: boolean;
}

/** What happened on either side of a pair that the other one does not know yet; nothing where nothing did. */
export function newsOf(pair: TicketPair, from: Side, to: Side): News | undefined {
  const passed = { from: pair.passed.from, to: pair.passed.to ?? passedAt(to) };
  const there = newsFrom(passed.to, to, pair.notes, passed.to.status !== to.ticket.status.name);
  const here = newsFrom(passed.from, from, pair.notes, passed.from.active !== isActive(from.ticket));
  const over = !isActive(from.ticket) && !isActive(to.ticket);
  if (!there && !here && !over && pair.passed.to) return undefined;
  const turn = passed.to.active && !isActive(to.ticket);
  return {
    pair: { ...pair, passed: { from: forward(passed.from, from), to: forward(passed.to, to) } },
    from: [...(there ? [note(there)] : []), ...(turn ? itsTurn(pair, from.ticket) : [])],
    to: here ? [note(here)] : [],
    over,
  };
}

/** What the ticket that is left is told when the other one (`name`) is gone. */
export function newsOfLoss(pair: TicketPair, name: string, left: Ticket): Step[] {
  const told = note(`**Linked ticket ${name}** was deleted, or can no longer be seen from here.`);
  return [told, ...(sameTicket(left, pair.from) ? itsTurn(pair, left) : [])];
}

/** Takes the ticket here out of the status in which it waited for the other one. */
function itsTurn({ waiting }: TicketPair, ticket: Ticket): Step[] {
  if (waiting?.status !== ticket.status.name) return [];
  const fields = { status: waiting.before };
  return [{ type: 'update', fields, before: fieldsBefore(ticket, fields) }];
}

function newsFrom(passed: Passed, side: Side, notes: boolean, statusChanged: boolean): string | undefined {
  const { ticket } = side;
  const said = notes ? unpassed(passed.seen, side.entries) : [];
  if (!statusChanged && said.length === 0) return undefined;
  const name = linkedName(ticket);
  return [
    statusChanged ? `**Linked ticket ${name}** is now ${ticket.status.name}.` : `**Linked ticket ${name}**`,
    ...said.map(({ author, text }) => `${author} wrote:\n\n${text.replace(/^/gm, '> ')}`),
  ].join('\n\n');
}

function unpassed(seen: Seen, entries: readonly Entry[]): { author: string; text: string }[] {
  return entries
    .filter(({ at, id }) => at > seen.until || (at === seen.until && seen.ids?.includes(id) === false))
    .filter(({ visibility }) => visibility === 'public')
    .flatMap(({ author, body }) => {
      const text = body ? plainText(body).trim() : '';
      return text === '' ? [] : [{ author: author.name, text }];
    });
}

/** Never back: a timeline that was not fetched yet says nothing of what was passed on. */
function forward(passed: Passed, side: Side): Passed {
  const next = passedAt(side);
  return next.seen.until < passed.seen.until ? { ...next, seen: passed.seen } : next;
}

function note(body: string): Step {
  return { type: 'post', kind: 'note', visibility: 'internal', body };
}
