import * as vscode from 'vscode';
import type { Status, Ticket } from '../../desk/ticket.ts';
import { changeFields, nameOf, those } from './changeFields.ts';
import type { CommandDeps } from './deps.ts';
import { sharedValues } from './sharedValues.ts';
import { askOnTheWay } from './statusFields.ts';
import { pickLoaded } from './steps.ts';

/** Gives one ticket, or all that are marked, another of the statuses that their backends allow. */
export async function changeStatus(deps: CommandDeps, argument: unknown, selection: unknown): Promise<void> {
  const tickets = those(deps, await deps.current.resolveAll(argument, selection), 'setStatus');
  const [first] = tickets;
  if (!first) return;
  const picked = await pickLoaded(
    {
      title: vscode.l10n.t('Change Status of {0}', nameOf(tickets)),
      placeholder:
        tickets.length === 1
          ? vscode.l10n.t('Now: {0}', first.status.name)
          : vscode.l10n.t('What all of them can become'),
      none: vscode.l10n.t('There is no other status it could get with your rights.'),
    },
    async (signal) => {
      const { statuses, hint } = await commonStatuses(deps, tickets, signal);
      return { items: statuses.map(statusPick), ...(hint !== undefined && { hint }) };
    },
  );
  if (picked) await setStatus(deps, tickets, picked.status.name);
}

/** Queues the change for those that have another status, with what it asks for. */
export async function setStatus(
  deps: CommandDeps,
  tickets: readonly Ticket[],
  status: string,
): Promise<void> {
  const changed = tickets.filter((ticket) => ticket.status.name !== status);
  const [first] = changed;
  if (!first) return;
  const fields = await askOnTheWay(deps, changed, status);
  if (fields === undefined) return;
  await changeFields(deps, {
    changes: [...fields].map(([ticket, one]) => ({ ticket, fields: one })),
    intent: 'status',
    said:
      changed.length === 1
        ? vscode.l10n.t('{0}: {1} → {2}', first.key, first.status.name, status)
        : vscode.l10n.t('{0}: now {1}', nameOf(changed), status),
  });
}

/** What each of the tickets can become. */
export async function commonStatuses(
  deps: CommandDeps,
  tickets: readonly Ticket[],
  signal: AbortSignal,
): Promise<{ statuses: Status[]; hint?: string }> {
  const { values, ...hint } = await sharedValues(deps, tickets, ({ statuses }) => statuses, signal);
  return {
    statuses: values.filter(({ name }) => tickets.some(({ status }) => status.name !== name)),
    ...hint,
  };
}

function statusPick(status: Status): vscode.QuickPickItem & { status: Status } {
  return {
    label: status.name,
    description: meaning(status),
    iconPath: new vscode.ThemeIcon(icons[status.category]),
    status,
  };
}

const icons: Record<Status['category'], string> = {
  new: 'circle-outline',
  open: 'play-circle',
  pending: 'debug-pause',
  resolved: 'pass',
  closed: 'archive',
};

/** What the backend's own word means to the desk, where the word may not tell. */
function meaning({ category }: Status): string {
  switch (category) {
    case 'new':
      return vscode.l10n.t('nobody has begun');
    case 'open':
      return vscode.l10n.t('being worked on');
    case 'pending':
      return vscode.l10n.t('waiting for someone else');
    case 'resolved':
      return vscode.l10n.t('solved, without a note: “Resolve with Note…” says how');
    case 'closed':
      return vscode.l10n.t('over');
  }
}
