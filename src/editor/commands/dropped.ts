import * as vscode from 'vscode';
import type { Ticket } from '../../desk/ticket.ts';
import { assignTo } from './assign.ts';
import { changeFields, nameOf, those } from './changeFields.ts';
import { commonStatuses, setStatus } from './changeStatus.ts';
import { setTeam } from './changeTeam.ts';
import type { Queue } from '../queues/queue.ts';
import type { CommandDeps } from './deps.ts';
import { vocabularyOf } from './knownValues.ts';

/** How long a backend may take to say what may be set, in milliseconds. */
const patience = 10_000;

/** Makes dropped tickets what those of the group are, as one of them, `like`, shows. */
export async function dropOnGroup(deps: CommandDeps, dropped: unknown, like: unknown): Promise<void> {
  const tickets = deps.current.named(dropped);
  const [sample] = deps.current.named([like]);
  if (!sample) return;
  switch (deps.view.layout.by) {
    case 'status':
      await setStatus(deps, those(deps, tickets, 'setStatus'), sample.status.name);
      break;
    case 'assignee': {
      const there = tickets.filter(({ accountId }) => !sample.assignee || accountId === sample.accountId);
      if (there.length < tickets.length) tellOtherAccount(there.length, tickets.length);
      await assignTo(deps, those(deps, there, 'assign'), sample.assignee ?? null);
      break;
    }
    case 'team':
      if (sample.team !== undefined) await setTeam(deps, those(deps, tickets, 'setTeam'), sample.team);
      break;
    case 'priority':
      await setPriority(deps, those(deps, tickets, 'setPriority'), sample);
      break;
    case 'sla':
    case 'account':
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'Nothing was changed: tickets can be dropped on groups by status, priority, assignee or team.',
        ),
      );
  }
}

/** Makes dropped tickets what those of the queue are. */
export async function dropOnQueue(deps: CommandDeps, dropped: unknown, queue: Queue): Promise<void> {
  const tickets = deps.current.named(dropped);
  const { drop, label } = queue;
  if (drop === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing was changed: what is in “{0}” follows from the tickets themselves.', label),
    );
  } else if (drop === 'nobody') await assignTo(deps, those(deps, tickets, 'assign'), null);
  else if (drop === 'me') await assignToMe(deps, those(deps, tickets, 'assign'));
  else if (drop === 'pending') await setPending(deps, those(deps, tickets, 'setStatus'));
  else await setTeam(deps, those(deps, tickets, 'setTeam'), drop.team);
}

/** In each account the user is somebody else. */
async function assignToMe(deps: CommandDeps, tickets: readonly Ticket[]): Promise<void> {
  for (const accountId of new Set(tickets.map((ticket) => ticket.accountId))) {
    const me = deps.reader.accountState(accountId)?.me;
    const there = tickets.filter((ticket) => ticket.accountId === accountId);
    if (me) await assignTo(deps, there, me);
  }
}

async function setPending(deps: CommandDeps, tickets: readonly Ticket[]): Promise<void> {
  const { statuses } = await commonStatuses(deps, tickets, AbortSignal.timeout(patience));
  const pending = statuses.filter(({ category }) => category === 'pending').map(({ name }) => name);
  const title = vscode.l10n.t('{0}: as what?', nameOf(tickets));
  const status = pending.length < 2 ? pending[0] : await vscode.window.showQuickPick(pending, { title });
  if (status !== undefined) await setStatus(deps, tickets, status);
  else if (pending.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} can not become pending with your rights. Nothing was changed.', nameOf(tickets)),
    );
  }
}

/** Accounts have different names for priorities of the same rank. */
async function setPriority(
  deps: CommandDeps,
  tickets: readonly Ticket[],
  { priority, accountId }: Ticket,
): Promise<void> {
  const changed = tickets.filter((ticket) => ticket.priority.rank !== priority.rank);
  const names = new Map([[accountId, priority.name]]);
  for (const ticket of changed) {
    if (names.has(ticket.accountId)) continue;
    const known = await vocabularyOf(deps, ticket, AbortSignal.timeout(patience));
    const alike = known.value.priorities.find(({ rank }) => rank === priority.rank);
    if (alike) names.set(ticket.accountId, alike.name);
  }
  const changes = changed.flatMap((ticket) => {
    const name = names.get(ticket.accountId);
    return name === undefined ? [] : [{ ticket, fields: { priority: name } }];
  });
  if (changes.length === 0) return;
  await changeFields(deps, {
    changes,
    intent: 'priority',
    said: vscode.l10n.t('{0}: now {1}', nameOf(changed), priority.name),
  });
}

function tellOtherAccount(there: number, all: number): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      '{0} of {1} tickets were not assigned: they are in another account, which has other people.',
      all - there,
      all,
    ),
  );
}
