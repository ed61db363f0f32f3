import * as vscode from 'vscode';
import { openPlaceholders } from '../../replies/placeholders.ts';
import { inTurn, nameOf, those } from '../commands/changeFields.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { confirmPublicMany, type PublicText } from '../confirmPublicMany.ts';
import { tell } from '../errors.ts';
import { sayQueuedMany } from '../outbox/sayQueued.ts';
import { fillFor } from './fillFor.ts';
import { pickMacro, type MacroDeps } from './pickMacro.ts';

export interface BulkReplyDeps extends MacroDeps {
  accounts: Pick<CommandDeps['accounts'], 'get'>;
  current: Pick<CommandDeps['current'], 'resolveAll'>;
  sync: Pick<CommandDeps['sync'], 'enqueue' | 'isWorkingOffline'>;
}

/** Sends the same macro to the requesters of several tickets, after one question that says how many will read it. */
export async function replyByMacro(
  deps: BulkReplyDeps,
  argument: unknown,
  selection: unknown,
): Promise<void> {
  const tickets = those(deps, await deps.current.resolveAll(argument, selection), 'publicReply');
  const [first] = tickets;
  if (!first) return;
  const macro = await pickMacro(deps, first, {
    title: vscode.l10n.t('Reply by Macro to {0}', nameOf(tickets)),
    readers: 'public',
  });
  if (!macro) return;
  const all = tickets.map((ticket) => ({ ticket, body: fillFor(deps, ticket, macro.text).trim() }));
  const ready = all.filter(({ body }) => openPlaceholders(body).length === 0);
  const lacking = all.filter((one) => !ready.includes(one));
  if (ready.length === 0) {
    void vscode.window.showWarningMessage(nothingReady(macro.name, lacking));
    return;
  }
  if (!(await confirm(macro.name, ready, lacking))) return;
  const queued = await inTurn(vscode.l10n.t('Replying by macro'), ready, ({ ticket, body }) =>
    deps.sync.enqueue({
      accountId: ticket.accountId,
      ticket,
      label: ticket.key,
      intent: 'reply',
      steps: [{ type: 'post', kind: 'reply', visibility: 'public', body }],
    }),
  );
  const problem = queued.find((one) => !one.ok)?.error;
  const done = ready.filter((_, index) => queued[index]?.ok).map(({ ticket }) => ticket);
  if (problem) {
    await tell(
      problem,
      vscode.l10n.t('{0} of {1} replies were not queued.', ready.length - done.length, ready.length),
    );
  }
  if (done.length === 0) return;
  const sent =
    done.length === 1
      ? vscode.l10n.t('1 public reply is queued.')
      : vscode.l10n.t('{0} public replies are queued.', done.length);
  await sayQueuedMany(deps, done, sent);
}

function confirm(
  name: string,
  ready: readonly PublicText[],
  lacking: readonly PublicText[],
): Promise<boolean> {
  const question =
    ready.length === 1
      ? vscode.l10n.t('Send “{0}” to 1 requester?', name)
      : vscode.l10n.t('Send “{0}” to {1} requesters?', name, ready.length);
  const leftOut = vscode.l10n.t('Left out, because placeholders stay empty there: {0}', keysOf(lacking));
  return confirmPublicMany(question, ready, lacking.length > 0 ? [leftOut] : []);
}

function nothingReady(name: string, lacking: readonly PublicText[]): string {
  const placeholders = new Set(lacking.flatMap(({ body }) => openPlaceholders(body).map(({ text }) => text)));
  return vscode.l10n.t(
    'Nothing was sent: “{0}” has placeholders that can’t be filled in here ({1}).',
    name,
    [...placeholders].join(', '),
  );
}

function keysOf(filled: readonly PublicText[]): string {
  return filled.map(({ ticket }) => ticket.key).join(', ');
}
