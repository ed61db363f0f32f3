import { ticketRef, type Ticket } from '../../desk/ticket.ts';
import type { Moment } from '../../desk/urgency.ts';
import type { Translate } from '../translate.ts';
import { groupTickets, type Grouping, type Order, type TicketGroup } from './grouping.ts';
import { rowDescription, rowIcon, rowLabel, rowSpoken, type Mark } from './rowText.ts';
import type {
  AccountNode,
  GroupNode,
  MoreNode,
  ProblemsNode,
  Row,
  TicketNode,
  TicketsNode,
} from './ticketNodes.ts';

/** How many rows of a group are handed over at a time: VS Code takes 35 ms for 1,000. */
export const pageSize = 200;

const doneKey = 'done';

export interface ModelInput {
  /** Whose tickets these are: the id of the queue. */
  queue: string;
  /** Resolved and closed tickets: shown last, and read only when they are looked at. */
  done: { total: number; read(limit: number): Ticket[] };
  /** Shown above the tickets. */
  notices: readonly (AccountNode | ProblemsNode)[];
  tickets: readonly Ticket[];
  /** More of them are being read: how many a group has is not known yet. */
  partial?: boolean;
  by: Grouping;
  order: Order;
  moment: Moment;
  /** Say in each row who has the ticket. */
  assignees: boolean;
  markOf: (ticket: Ticket) => Mark | undefined;
  accountLabel: (accountId: string) => string;
}

/** What has to be drawn again: nothing, some nodes (with what is below them), or all. */
export type Redraw = readonly TicketsNode[] | 'all';

/** The *Tickets* tree without the editor: which nodes there are, and which of them changed. */
export class TicketsModel {
  readonly #t: Translate;
  #input: ModelInput | undefined;
  #queue = '';
  #roots: TicketsNode[] = [];
  #groups = new Map<string, GroupNode>();
  /** Rows that were handed over, by group; what was not is neither made nor compared. */
  readonly #shown = new Map<GroupNode, TicketNode[]>();

  constructor(t: Translate) {
    this.#t = t;
  }

  get roots(): readonly TicketsNode[] {
    return this.#roots;
  }

  children(node: TicketsNode): TicketsNode[] {
    if (node.type === 'group') return this.#childrenOfGroup(node);
    if (node.type === 'problems') {
      return node.problems.map((text, index) => ({
        type: 'problem' as const,
        id: `${node.id}:${index}`,
        text,
        parent: node,
      }));
    }
    return [];
  }

  parent(node: TicketsNode): TicketsNode | undefined {
    return 'parent' in node ? node.parent : undefined;
  }

  /** The tickets that are somebody's work, in the order of the view. */
  get order(): readonly Ticket[] {
    return [...this.#groups.values()].flatMap(({ done, tickets }) => (done ? [] : tickets));
  }

  showMore(group: GroupNode): void {
    group.limit += pageSize;
  }

  /** Takes in the present state and says what of it looks different. */
  update(input: ModelInput): Redraw {
    this.#input = input;
    const before = this.#roots;
    const beforeGroups = input.queue === this.#queue ? this.#groups : new Map<string, GroupNode>();
    if (input.queue !== this.#queue) this.#shown.clear();
    this.#queue = input.queue;
    this.#groups = beforeGroups;
    const redraw: TicketsNode[] = [];

    const counted = ({ length }: readonly Ticket[]) => (input.partial === true ? undefined : length);
    const wanted = [...groupTickets(input.tickets, input.by, { ...input, t: this.#t }), ...this.#done(input)];
    this.#groups = new Map();
    const groups = wanted.map(
      ({ key, label, tickets, total = counted(tickets) }: TicketGroup & { total?: number }) => {
        const known = beforeGroups.get(key);
        const id = `${input.queue}/${key}`;
        const done = key === doneKey;
        const group: GroupNode = known ?? { type: 'group', id, done, label, tickets, total, limit: pageSize };
        if (known) redraw.push(...this.#changed(known, label, tickets, total));
        Object.assign(group, { label, tickets, total });
        this.#groups.set(key, group);
        return group;
      },
    );
    for (const [key, group] of beforeGroups) if (!this.#groups.has(key)) this.#shown.delete(group);

    this.#roots = [...input.notices, ...groups];
    return sameRoots(before, this.#roots) ? redraw : 'all';
  }

  #done({ done }: ModelInput): (TicketGroup & { total: number })[] {
    if (done.total === 0) return [];
    const known = this.#groups.get(doneKey);
    const tickets = known && this.#shown.has(known) ? done.read(known.limit) : [];
    return [{ key: doneKey, label: this.#t('Resolved and closed'), tickets, total: done.total }];
  }

  #childrenOfGroup(group: GroupNode): TicketsNode[] {
    const { total = group.tickets.length } = group;
    if (group.done && group.tickets.length < Math.min(group.limit, total)) {
      group.tickets = this.#needs().done.read(group.limit);
    }
    const known = new Map(this.#shown.get(group)?.map((node) => [node.id, node]));
    const rows = group.tickets.slice(0, group.limit).map((ticket) => {
      const node = { ...ticketNode(group, ticket), row: this.#row(ticket) };
      const same = known.get(node.id);
      return same ? Object.assign(same, node) : node;
    });
    this.#shown.set(group, rows);
    const hidden = total - rows.length;
    const more: MoreNode[] =
      hidden > 0 ? [{ type: 'more', id: `${group.id}:more`, hidden, parent: group }] : [];
    return [...rows, ...more];
  }

  /** The group, where its own row or its list of rows changed; otherwise those of its rows that look different. */
  #changed(
    group: GroupNode,
    label: string,
    tickets: readonly Ticket[],
    total: number | undefined,
  ): TicketsNode[] {
    const shown = this.#shown.get(group);
    const sameList =
      group.label === label &&
      group.total === total &&
      group.tickets.length === tickets.length &&
      (shown ?? []).every((node, index) => {
        const ticket = tickets[index];
        return ticket !== undefined && node.id === nodeId(group, ticket);
      });
    if (!sameList) return [group];
    const rows: TicketNode[] = [];
    for (const [index, node] of (shown ?? []).entries()) {
      const ticket = tickets[index];
      if (!ticket) break;
      const row = this.#row(ticket);
      const looksSame = JSON.stringify(row) === JSON.stringify(node.row);
      Object.assign(node, { ticket, row });
      if (!looksSame) rows.push(node);
    }
    return rows;
  }

  #row(ticket: Ticket): Row {
    const { moment, assignees, markOf } = this.#needs();
    const mark = markOf(ticket);
    const options = { assignee: assignees, mark };
    return {
      label: rowLabel(ticket, moment.now, this.#t),
      description: rowDescription(ticket, options, this.#t),
      spoken: rowSpoken(ticket, moment.now, options, this.#t),
      icon: rowIcon(ticket, moment.now),
      mark,
    };
  }

  #needs(): ModelInput {
    if (!this.#input) throw new Error('The model has no tickets before its first update.');
    return this.#input;
  }
}

function nodeId(group: GroupNode, ticket: Ticket): string {
  return `${group.id}/${ticket.accountId}/${ticket.id}`;
}

function ticketNode(group: GroupNode, ticket: Ticket): Omit<TicketNode, 'row'> {
  return { type: 'ticket', id: nodeId(group, ticket), ref: ticketRef(ticket), ticket, parent: group };
}

/** Groups are compared by themselves; notices are few and simply compared whole. */
function sameRoots(before: readonly TicketsNode[], after: readonly TicketsNode[]): boolean {
  return (
    before.length === after.length &&
    before.every((node, index) => {
      const other = after[index];
      return node === other || (node.type !== 'group' && JSON.stringify(node) === JSON.stringify(other));
    })
  );
}
