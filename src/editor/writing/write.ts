import * as vscode from 'vscode';
import type { Draft } from '../../desk/draft.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { formatDraft, parseDraft } from '../../replies/draftText.ts';
import { comment } from '../../replies/passages.ts';
import type { InitialDraft } from '../drafts/drafts.ts';
import { lastPublicEntry, readerHint } from './context.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { tell } from '../errors.ts';
import { dateTime } from '../dates.ts';

/** Opens the public reply to a ticket as a document. */
export async function reply(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  await open(deps, ticket, 'reply', {
    label: vscode.l10n.t('Reply to {0}', ticket.key),
    text: `\n\n${comment(`${readerHint(ticket, 'public')}\n\n${lastPublicEntry(deps.reader.entries(ticket))}`.trimEnd())}\n`,
  });
}

/** Opens an internal note on a ticket as a document. */
export async function addNote(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  await open(deps, ticket, 'note', {
    label: vscode.l10n.t('Note on {0}', ticket.key),
    text: `\n\n${comment(readerHint(ticket, 'internal'))}\n`,
  });
}

/** What is chosen in a new ticket before anybody has. */
const preset: Record<string, string> = { kind: 'incident', channel: 'phone' };

/** Opens a new ticket as a document. */
export async function newTicket(deps: CommandDeps): Promise<void> {
  const begun = deps.reader.drafts().filter(({ kind }) => kind === 'new-ticket');
  const written = begun.filter((draft) => isWritten(deps, draft));
  const choice = written.length === 0 ? 'new' : await pickBegun(written);
  if (choice === undefined) return;
  if (choice !== 'new') return deps.drafts.show(choice);
  const accounts = deps.accounts
    .all()
    .filter(({ id }) => deps.reader.accountState(id)?.capabilities?.createTicket ?? true);
  const account =
    accounts.length < 2
      ? accounts[0]
      : (
          await vscode.window.showQuickPick(
            accounts.map((one) => ({ label: one.label, description: one.url ?? '', account: one })),
            { title: vscode.l10n.t('New Ticket'), placeHolder: vscode.l10n.t('Where is it to be created?') },
          )
        )?.account;
  if (!account) {
    if (accounts.length === 0)
      void vscode.window.showInformationMessage(
        vscode.l10n.t('There is no account in which you can create a ticket.'),
      );
    return;
  }
  const empty = begun.find((draft) => draft.accountId === account.id && !written.includes(draft));
  if (empty) return deps.drafts.show(empty, subjectIn(empty.text));
  const vocabulary = await deps.sync.vocabulary(account.id, undefined, AbortSignal.timeout(3000));
  const choices = vocabulary.ok
    ? [
        vscode.l10n.t('team: {0}', vocabulary.value.teams.map(({ name }) => name).join(', ')),
        vscode.l10n.t('priority: {0}', vocabulary.value.priorities.map(({ name }) => name).join(', ')),
      ]
    : [];
  const fields = {
    subject: undefined,
    requester: undefined,
    team: vocabulary.ok ? vocabulary.value.teams[0]?.name : undefined,
    priority: undefined,
    ...preset,
    tags: undefined,
  };
  const hint = [
    ...choices,
    'kind: incident, request, problem, change, other',
    'channel: phone, e-mail, chat, portal, walk-in, alert, other',
  ].join('\n');
  const text = formatDraft(
    fields,
    `\n\n${comment(`${vscode.l10n.t('What the fields above take:')}\n${hint}`)}\n`,
  );
  const opened = await deps.drafts.open('new-ticket', undefined, {
    accountId: account.id,
    label: vscode.l10n.t('New ticket'),
    text,
    cursor: subjectIn(text),
  });
  if (!opened.ok) void tell(opened.error, vscode.l10n.t('The draft could not be begun.'));
}

/** Where the subject of a new ticket is written. */
function subjectIn(text: string): number {
  return text.indexOf('subject:') + 'subject:'.length;
}

/** Whether a new ticket has more in it than it begins with, but for the team. */
function isWritten({ reader }: CommandDeps, { id, text }: Draft): boolean {
  const parsed = parseDraft(text);
  if (!parsed.ok || parsed.value.body !== '' || reader.draftFiles(id).length > 0) return true;
  return Object.entries(parsed.value.fields).some(
    ([name, value]) => name !== 'team' && value !== (preset[name] ?? ''),
  );
}

/** Asks whether to go on with a ticket that was begun and not created yet. */
async function pickBegun(begun: readonly Draft[]): Promise<Draft | 'new' | undefined> {
  const items: (vscode.QuickPickItem & { choice: Draft | 'new' })[] = begun.map((draft) => {
    const parsed = parseDraft(draft.text);
    const subject = parsed.ok ? parsed.value.fields.subject : undefined;
    return {
      label: `$(edit) ${subject || vscode.l10n.t('Without a subject')}`,
      description: dateTime(draft.savedAt),
      choice: draft,
    };
  });
  const picked = await vscode.window.showQuickPick(
    [...items, { label: `$(add) ${vscode.l10n.t('Begin another ticket')}`, choice: 'new' as const }],
    { title: vscode.l10n.t('New Ticket'), placeHolder: vscode.l10n.t('Go on with one that was begun?') },
  );
  return picked?.choice;
}

/** Opens a ticket's draft, saying so where that fails. */
async function open(
  deps: CommandDeps,
  ticket: Ticket,
  kind: 'reply' | 'note' | 'resolution' | 'hand-off',
  initial: Omit<InitialDraft, 'accountId'>,
): Promise<void> {
  const opened = await deps.drafts.open(kind, ticket, { accountId: ticket.accountId, ...initial });
  if (!opened.ok) void tell(opened.error, vscode.l10n.t('The draft could not be begun.'));
}

/**
 * Opens a ticket's draft for what was just chosen. Where another was begun before, the user says whether to go on with
 * that one; begun anew, the draft keeps it as a comment, which is not sent.
 */
export async function openChosen(
  deps: CommandDeps,
  ticket: Ticket,
  kind: 'reply' | 'note' | 'resolution' | 'hand-off',
  initial: Omit<InitialDraft, 'accountId'>,
): Promise<void> {
  const begun = deps.drafts.read(kind, ticket).trim();
  if (begun === '' || begun === initial.text.trim()) return open(deps, ticket, kind, initial);
  const anew = await asksAnew(initial.label);
  if (anew === undefined) return;
  if (!anew) return open(deps, ticket, kind, initial);
  const before = comment(`${vscode.l10n.t('What was written before:')}\n\n${begun}`);
  const text = `${initial.text.trimEnd()}\n\n${before}\n`;
  const kept = await deps.drafts.update(kind, ticket, initial.label, text);
  const draft = deps.reader.draftFor(kind, ticket);
  if (kept.ok && draft) await deps.drafts.show(draft, initial.cursor);
  else if (!kept.ok) void tell(kept.error, vscode.l10n.t('The draft is as it was.'));
}

/** Whether to begin anew, where something was written already; nothing where neither is wanted. */
async function asksAnew(title: string): Promise<boolean | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: `$(edit) ${vscode.l10n.t('Go on with what was begun')}`, anew: false },
      {
        label: `$(add) ${vscode.l10n.t('Begin anew')}`,
        description: vscode.l10n.t('what was written stands below, and is not sent'),
        anew: true,
      },
    ],
    { title, placeHolder: vscode.l10n.t('A draft was begun before. What you chose now is not in it.') },
  );
  return picked?.anew;
}
