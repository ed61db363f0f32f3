import * as vscode from 'vscode';
import type { Step } from '../../desk/operation.ts';
import type { Person, Relation, RelationKind, Ticket, Watcher, WatcherRole } from '../../desk/ticket.ts';
import { tell } from '../errors.ts';
import type { CommandDeps } from './deps.ts';
import { peopleOf, staleHint } from './knownValues.ts';
import { pickTicket } from './pickTicket.ts';
import { pickLoaded } from './steps.ts';

type Tie = Extract<Step, { type: 'watch' | 'relate' }>;

/** Queues the tie, and offers to take it back. */
async function tie(deps: CommandDeps, ticket: Ticket, step: Tie, said: string): Promise<void> {
  const queued = await enqueue(deps, ticket, step);
  if (!queued) return;
  const undo = vscode.l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(said, undo)) !== undo) return;
  const back: Tie = { ...step, change: step.change === 'add' ? 'remove' : 'add' };
  await enqueue(deps, deps.reader.ticket(ticket) ?? ticket, back);
}

async function enqueue(deps: CommandDeps, ticket: Ticket, step: Step): Promise<boolean> {
  const queued = await deps.sync.enqueue({
    accountId: ticket.accountId,
    ticket,
    label: ticket.key,
    intent: step.type === 'watch' ? 'watch' : step.type === 'merge' ? 'merge' : 'relate',
    steps: [step],
  });
  if (!queued.ok) await tell(queued.error, vscode.l10n.t('{0} was not changed.', ticket.key));
  return queued.ok;
}

export async function watch(
  deps: CommandDeps,
  ticket: Ticket,
  change: Tie['change'],
  watcher: Watcher,
): Promise<void> {
  const said =
    change === 'add'
      ? vscode.l10n.t('{0} watches {1}.', watcher.name, ticket.key)
      : vscode.l10n.t('{0} no longer watches {1}.', watcher.name, ticket.key);
  await tie(deps, ticket, { type: 'watch', change, watcher }, said);
}

export async function relate(
  deps: CommandDeps,
  ticket: Ticket,
  change: Tie['change'],
  relation: Relation,
): Promise<void> {
  const said =
    change === 'add'
      ? vscode.l10n.t('{0} and {1} are linked.', ticket.key, relation.key)
      : vscode.l10n.t('{0} and {1} are no longer linked.', ticket.key, relation.key);
  await tie(deps, ticket, { type: 'relate', change, relation }, said);
}

/** The ticket a command is about, if its account can do this; says so where it can't. */
async function ticketFor(
  deps: CommandDeps,
  argument: unknown,
  able: (can: NonNullable<ReturnType<CommandDeps['reader']['accountState']>>['capabilities']) => boolean,
): Promise<Ticket | undefined> {
  const ticket = await deps.current.resolve(argument);
  if (ticket === undefined) return undefined;
  if (ticket.mergedInto !== undefined) {
    const { key } = ticket.mergedInto;
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} was merged into {1}. Open that one instead.', ticket.key, key),
    );
    return undefined;
  }
  if (able(deps.reader.accountState(ticket.accountId)?.capabilities)) return ticket;
  const label = deps.accounts.get(ticket.accountId)?.label ?? ticket.accountId;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('"{0}" does not let you do that with {1}. Nothing was changed there.', label, ticket.key),
  );
  return undefined;
}

/** Adds somebody who is to be kept informed. */
export async function addWatcher(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await ticketFor(deps, argument, (can) => (can?.watchers?.length ?? 0) > 0);
  if (ticket === undefined) return;
  const roles = deps.reader.accountState(ticket.accountId)?.capabilities?.watchers ?? [];
  const role = await pickRole(ticket, roles);
  if (role === undefined) return;
  const person = role === 'copy' ? await askCopy(ticket) : await pickColleague(deps, ticket);
  if (person !== undefined) await watch(deps, ticket, 'add', { ...person, role });
}

async function pickRole(ticket: Ticket, roles: readonly WatcherRole[]): Promise<WatcherRole | undefined> {
  if (roles.length < 2) return roles[0];
  const names: Record<WatcherRole, { label: string; description: string }> = {
    watcher: {
      label: vscode.l10n.t('A colleague'),
      description: vscode.l10n.t('is told of everything, internal notes too'),
    },
    copy: {
      label: vscode.l10n.t('Somebody outside the desk'),
      description: vscode.l10n.t('gets copies of public replies only'),
    },
  };
  const picked = await vscode.window.showQuickPick(
    roles.map((role) => ({ ...names[role], role })),
    { title: vscode.l10n.t('Who is to watch {0}?', ticket.key) },
  );
  return picked?.role;
}

async function askCopy(ticket: Ticket): Promise<Person | undefined> {
  const address = await vscode.window.showInputBox({
    title: vscode.l10n.t('Copies of {0}', ticket.key),
    prompt: vscode.l10n.t('Their address. They are sent every public reply from now on.'),
    placeHolder: 'name@example.org',
    validateInput: (value) =>
      /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim())
        ? undefined
        : vscode.l10n.t('An e-mail address is needed.'),
  });
  const id = address?.trim();
  return id === undefined || id === '' ? undefined : { id, name: id, email: id };
}

async function pickColleague(deps: CommandDeps, ticket: Ticket): Promise<Person | undefined> {
  const watching = new Set(ticket.watchers?.map(({ id }) => id));
  const picked = await pickLoaded(
    {
      title: vscode.l10n.t('Who is to watch {0}?', ticket.key),
      placeholder: vscode.l10n.t('Type a name'),
      none: vscode.l10n.t('Nobody else is known who could.'),
    },
    async (signal) => {
      const { value, stale } = await peopleOf(deps, ticket, '', signal);
      const items = value
        .filter(({ id }) => !watching.has(id))
        .map((person) => ({ label: person.name, description: person.email ?? '', person }));
      return { items, ...(stale && { hint: staleHint(stale) }) };
    },
  );
  return picked?.person;
}

/** Ties the ticket to another: as part of it, or as related. Problems and changes come first. */
export async function relateTicket(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await ticketFor(deps, argument, (can) => (can?.relate?.length ?? 0) > 0);
  if (ticket === undefined) return;
  const other = await pickOther(deps, ticket, vscode.l10n.t('Which ticket belongs with {0}?', ticket.key));
  if (other === undefined) return;
  const kinds = deps.reader.accountState(ticket.accountId)?.capabilities?.relate ?? [];
  const kind = await pickKind(ticket, other, kinds);
  if (kind !== undefined) {
    await relate(deps, ticket, 'add', { kind, ticketId: other.id, key: other.key });
  }
}

async function pickKind(
  ticket: Ticket,
  other: Ticket,
  kinds: readonly RelationKind[],
): Promise<RelationKind | undefined> {
  if (kinds.length < 2) return kinds[0];
  const labels: Record<RelationKind, string> = {
    related:
      other.kind === 'problem'
        ? vscode.l10n.t('{0} is the problem behind it', other.key)
        : other.kind === 'change'
          ? vscode.l10n.t('{0} is the change it has to do with', other.key)
          : vscode.l10n.t('They are related'),
    parent: vscode.l10n.t('{0} is part of {1}', ticket.key, other.key),
    child: vscode.l10n.t('{0} is part of {1}', other.key, ticket.key),
  };
  const order: readonly RelationKind[] = ['related', 'parent', 'child'];
  const picked = await vscode.window.showQuickPick(
    order.filter((kind) => kinds.includes(kind)).map((kind) => ({ label: labels[kind], relation: kind })),
    { title: vscode.l10n.t('{0} and {1}', ticket.key, other.key) },
  );
  return picked?.relation;
}

/** Merges the ticket into another of its account, once the user has read what that means. */
export async function mergeTicket(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await ticketFor(deps, argument, (can) => can?.merge === true);
  if (ticket === undefined) return;
  const into = await pickOther(deps, ticket, vscode.l10n.t('Merge {0} into which ticket?', ticket.key));
  if (into === undefined) return;
  const merge = vscode.l10n.t('Merge');
  const detail = vscode.l10n.t(
    'Everything said in {0} goes into {1} ({2}), and {0} is closed. This can’t be undone.',
    ticket.key,
    into.key,
    into.subject,
  );
  const title = vscode.l10n.t('Merge {0} into {1}?', ticket.key, into.key);
  if ((await vscode.window.showWarningMessage(title, { modal: true, detail }, merge)) !== merge) return;
  const step: Step = { type: 'merge', into: { id: into.id, key: into.key } };
  if (await enqueue(deps, ticket, step)) {
    vscode.window.setStatusBarMessage(
      `$(git-merge) ${vscode.l10n.t('{0} goes on as {1}.', ticket.key, into.key)}`,
      5000,
    );
    deps.panels.open(into);
  }
}

/** Another ticket of the same account: of the same requester first, with problems and changes before others. */
async function pickOther(deps: CommandDeps, ticket: Ticket, title: string): Promise<Ticket | undefined> {
  const { accountId } = ticket;
  const known = deps.reader
    .tickets({ accountIds: [accountId], limit: 500 })
    .filter(({ id, mergedInto }) => id !== ticket.id && mergedInto === undefined);
  const weight = ({ kind, requester }: Ticket) =>
    (kind === 'problem' || kind === 'change' ? 2 : 0) + (requester?.id === ticket.requester?.id ? 1 : 0);
  const first = known.filter((one) => weight(one) > 0).sort((a, b) => weight(b) - weight(a));
  const accounts = {
    all: () => deps.accounts.all().filter(({ id }) => id === accountId),
    get: (id: string) => deps.accounts.get(id),
  };
  const picked = await pickTicket({ reader: deps.reader, accounts, now: deps.now, title, first });
  if (picked === undefined) return undefined;
  if (picked.accountId === accountId && picked.id !== ticket.id) return picked;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('It has to be another ticket of the same account as {0}.', ticket.key),
  );
  return undefined;
}
