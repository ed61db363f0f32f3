import * as vscode from 'vscode';
import type { Draft } from '../../desk/draft.ts';
import { partsOf, type Parts } from '../../desk/majorIncident.ts';
import type { Step } from '../../desk/operation.ts';
import type { Relation, Ticket } from '../../desk/ticket.ts';
import { comment, unclosedPassage, withoutComments } from '../../replies/passages.ts';
import { inTurn, nameOf, those } from '../commands/changeFields.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { confirmPublicMany } from '../confirmPublicMany.ts';
import { sendOnce } from '../drafts/sendOnce.ts';
import { tell } from '../errors.ts';
import { confirmOpen } from '../macros/confirmOpen.ts';
import { sayQueuedMany } from '../outbox/sayQueued.ts';
import { openChosen } from '../writing/write.ts';

type Readers = 'public' | 'internal';

/**
 * Sends one text to a major incident and all that is part of it. The text is an ordinary draft of the incident's
 * ticket: begun where there is none in front, and sent to all where there is.
 */
export async function updateMajorIncident(deps: CommandDeps, argument: unknown): Promise<void> {
  const incident = await incidentOf(deps, argument);
  if (!incident) return;
  const relations = [...(incident.relations ?? []), ...joining(deps, incident)];
  const parts = partsOf(relations, (id) => deps.reader.ticket({ accountId: incident.accountId, id }));
  if (parts.reached.length === 0) {
    const declare = vscode.l10n.t('Declare Major Incident…');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t('No open ticket is part of {0}.', incident.key),
      declare,
    );
    if (chosen === declare) await vscode.commands.executeCommand('deskside.declareMajorIncident', incident);
    return;
  }
  const draft = draftInFront(deps, incident);
  if (draft) await sendToAll(deps, incident, parts, draft);
  else await begin(deps, incident, parts);
}

/** The ticket that stands for all: the one that was asked about, or the one that it is part of. */
async function incidentOf(deps: CommandDeps, argument: unknown): Promise<Ticket | undefined> {
  const ticket = await deps.current.resolve(argument);
  const above = ticket?.relations?.find(({ kind }) => kind === 'parent');
  if (!ticket || !above || ticket.relations?.some(({ kind }) => kind === 'child')) return ticket;
  return deps.reader.ticket({ accountId: ticket.accountId, id: above.ticketId }) ?? ticket;
}

/** What is on its way into it is part of it already. */
function joining({ reader }: CommandDeps, { accountId, id }: Ticket): Relation[] {
  const joins = (step: Step) =>
    step.type === 'relate' &&
    step.change === 'add' &&
    step.relation.kind === 'parent' &&
    step.relation.ticketId === id;
  return reader
    .outbox()
    .flatMap((one) =>
      one.accountId === accountId && one.ticketId !== undefined && one.steps.some(joins)
        ? [{ kind: 'child', ticketId: one.ticketId, key: one.label }]
        : [],
    );
}

function draftInFront({ drafts }: CommandDeps, { id, accountId }: Ticket): Draft | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const draft = document && drafts.of(document);
  const fits = draft?.kind === 'reply' || draft?.kind === 'note';
  return fits && draft.ticketId === id && draft.accountId === accountId ? draft : undefined;
}

async function begin(deps: CommandDeps, incident: Ticket, { reached }: Parts): Promise<void> {
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('Public reply'),
        description: vscode.l10n.t('their requesters read it'),
        kindOf: 'reply' as const,
      },
      {
        label: vscode.l10n.t('Internal note'),
        description: vscode.l10n.t('only colleagues read it'),
        kindOf: 'note' as const,
      },
    ],
    {
      title: vscode.l10n.t('Update {0} and {1} Tickets', incident.key, reached.length),
      placeHolder: vscode.l10n.t('Who reads it?'),
    },
  );
  if (!picked) return;
  const hint = vscode.l10n.t(
    'Write the update above, then run “Deskside: Update Major Incident…” once more: it goes to {0}. Ctrl+Enter sends it to {1} alone.',
    [incident, ...reached].map(({ key }) => key).join(', '),
    incident.key,
  );
  await openChosen(deps, incident, picked.kindOf, {
    label: vscode.l10n.t('Update of {0}', incident.key),
    text: `\n\n${comment(hint)}\n`,
  });
}

async function sendToAll(deps: CommandDeps, incident: Ticket, parts: Parts, draft: Draft): Promise<void> {
  const readers: Readers = draft.kind === 'reply' ? 'public' : 'internal';
  const body = withoutComments(draft.text);
  const unready =
    body === ''
      ? vscode.l10n.t('There is nothing to send yet: write the text first.')
      : deps.reader.draftFiles(draft.id).length > 0
        ? vscode.l10n.t('Files can’t go to several tickets: take them away first.')
        : unclosedPassage(draft.text) === undefined
          ? undefined
          : vscode.l10n.t('The passage that is not to be sent is not closed: write --> below it.');
  if (unready !== undefined) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Not sent: {0} The draft is kept.', unready));
    return;
  }
  const capability = readers === 'public' ? 'publicReply' : 'internalNote';
  const tickets = those(deps, [incident, ...parts.reached], capability);
  if (tickets.length === 0 || !(await confirmOpen(body))) return;
  if (readers === 'public' && !(await confirmed(tickets, body, parts))) return;
  const queued = await sendOnce(draft, () => queueForAll(deps, tickets, readers, body, draft));
  if (queued === undefined) return;
  const done = queued.filter(({ answer }) => answer.ok).map(({ ticket }) => ticket);
  const left = tickets.filter((ticket) => !done.includes(ticket));
  if (left.length > 0) {
    const problem = queued.find(({ answer }) => !answer.ok)?.answer;
    const said = vscode.l10n.t(
      'Not queued for {0}. The draft is kept; send it there alone.',
      left.map(({ key }) => key).join(', '),
    );
    if (problem && !problem.ok) await tell(problem.error, said);
    else void vscode.window.showWarningMessage(said);
  }
  if (done.length > 0) await say(deps, done, parts);
}

/** Queues the text for each of the tickets; the draft goes once it is queued for all. */
async function queueForAll(
  deps: CommandDeps,
  tickets: readonly Ticket[],
  readers: Readers,
  body: string,
  draft: Draft,
) {
  const kind = readers === 'public' ? 'reply' : 'note';
  const step: Step = { type: 'post', kind, visibility: readers, body };
  const queued = await inTurn(vscode.l10n.t('Updating the major incident'), tickets, async (ticket) => ({
    ticket,
    answer: await deps.sync.enqueue({
      accountId: ticket.accountId,
      ticket,
      label: ticket.key,
      intent: kind,
      steps: [step],
    }),
  }));
  const isWhole = queued.length === tickets.length && queued.every(({ answer }) => answer.ok);
  if (isWhole) await deps.drafts.discard(draft);
  return queued;
}

function confirmed(tickets: readonly Ticket[], body: string, { solved, unknown }: Parts): Promise<boolean> {
  return confirmPublicMany(
    vscode.l10n.t('Send this update to the requesters of {0}?', nameOf(tickets)),
    tickets.map((ticket) => ({ ticket, body })),
    [
      ...(solved.length > 0
        ? [vscode.l10n.t('Left out, because they are solved: {0}', solved.join(', '))]
        : []),
      ...(unknown.length > 0
        ? [vscode.l10n.t('Left out, because they are not on this computer: {0}', unknown.join(', '))]
        : []),
    ],
  );
}

async function say(deps: CommandDeps, done: readonly Ticket[], { unknown }: Parts): Promise<void> {
  const parts = [
    vscode.l10n.t('Queued for {0}.', done.map(({ key }) => key).join(', ')),
    ...(unknown.length > 0 ? [vscode.l10n.t('Not here, so not told: {0}.', unknown.join(', '))] : []),
  ];
  await sayQueuedMany(deps, done, parts.join(' '));
}
