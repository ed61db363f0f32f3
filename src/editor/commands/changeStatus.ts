import * as vscode from 'vscode';
import type { Status } from '../../desk/ticket.ts';
import { can, changeFields } from './changeFields.ts';
import type { CommandDeps } from './deps.ts';
import { staleHint, vocabularyOf } from './knownValues.ts';
import { pickLoaded } from './steps.ts';

/** Gives a ticket another of the statuses its backend allows. */
export async function changeStatus(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket || !can(deps, ticket, 'setStatus')) return;
  const picked = await pickLoaded(
    {
      title: vscode.l10n.t('Change Status of {0}', ticket.key),
      placeholder: vscode.l10n.t('Now: {0}', ticket.status.name),
      none: vscode.l10n.t('There is no other status it could get with your rights.'),
    },
    async (signal) => {
      const known = await vocabularyOf(deps, ticket, signal);
      const others = known.value.statuses.filter(({ name }) => name !== ticket.status.name);
      return { items: others.map(statusPick), hint: known.stale && staleHint(known.stale) };
    },
  );
  if (!picked) return;
  await changeFields(deps, {
    ticket,
    intent: 'status',
    fields: { status: picked.status.name },
    said: vscode.l10n.t('{0}: {1} → {2}', ticket.key, ticket.status.name, picked.status.name),
  });
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
