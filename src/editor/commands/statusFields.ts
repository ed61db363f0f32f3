import * as vscode from 'vscode';
import { fieldProblem, type FieldDefinition, type FieldProblem } from '../../desk/fieldDefinition.ts';
import type { TicketFields } from '../../desk/operation.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { vocabularyOf } from './knownValues.ts';
import type { CommandDeps } from './deps.ts';
import { askChoice, askText, runSteps, settle, type Answer, type Place } from './steps.ts';

type Custom = NonNullable<TicketFields['custom']>;
type Needs = Pick<CommandDeps, 'sync' | 'memory' | 'reader' | 'now'>;

/** How long a backend may take to say what it asks for, in milliseconds. */
const patience = 10_000;

/**
 * Asks for what a status insists on, where the account has such statuses: once for tickets that are alike. Gives what is
 * to be set with the status of each; nothing when the user gives up, and then nothing is changed.
 */
export async function askOnTheWay(
  deps: Needs,
  tickets: readonly Ticket[],
  status: string,
): Promise<Map<Ticket, TicketFields> | undefined> {
  const answers = new Map<string, Custom>();
  const fields = new Map<Ticket, TicketFields>();
  for (const ticket of tickets) {
    const asked = await fieldsOnTheWay(deps, ticket, status);
    const alike = JSON.stringify([ticket.accountId, asked]);
    const answer = asked.length === 0 ? {} : (answers.get(alike) ?? (await ask(ticket, status, asked)));
    if (answer === undefined) return undefined;
    answers.set(alike, answer);
    fields.set(ticket, { status, ...(asked.length > 0 && { custom: answer }) });
  }
  return fields;
}

async function fieldsOnTheWay(deps: Needs, ticket: Ticket, status: string): Promise<FieldDefinition[]> {
  if (deps.reader.accountState(ticket.accountId)?.capabilities?.statusFields !== true) return [];
  const { value } = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Asking what {0} needs to become “{1}”…', ticket.key, status),
    },
    () => vocabularyOf(deps, ticket, AbortSignal.timeout(patience)),
  );
  return value.statusFields?.[status] ?? [];
}

/** One field after the other; nothing when the user gives up. */
async function ask(
  ticket: Ticket,
  status: string,
  definitions: readonly FieldDefinition[],
): Promise<Custom | undefined> {
  const answer: Custom = {};
  const title = vscode.l10n.t('{0} → {1}', ticket.key, status);
  const steps = definitions.map(
    (definition) => async (place: Place) =>
      settle(await askOne(title, definition, answer[definition.id] ?? [], place), (values) => {
        answer[definition.id] = values;
      }),
  );
  return (await runSteps(steps)) ? answer : undefined;
}

async function askOne(
  title: string,
  definition: FieldDefinition,
  present: readonly string[],
  place: Place,
): Promise<Answer<string[]>> {
  const { name, type, choices = [] } = definition;
  if (type === 'choice') {
    const items = choices.map((label) => ({ label }));
    const active = items.find(({ label }) => present.includes(label));
    const picked = await askChoice({ title, placeholder: name, items, ...(active && { active }) }, place);
    return typeof picked === 'object' ? [picked.label] : picked;
  }
  if (type === 'choices') {
    const items = choices.map((label) => ({ label, picked: present.includes(label) }));
    const options = { title, placeHolder: name, canPickMany: true, ignoreFocusOut: true } as const;
    const picked = await vscode.window.showQuickPick(items, options);
    return picked && picked.length > 0 ? picked.map(({ label }) => label) : undefined;
  }
  const [value = ''] = present;
  const validate = (text: string) => {
    const problem = fieldProblem({ ...definition, required: true }, [text]);
    return problem && problemText(problem);
  };
  const text = await askText({ title, prompt: name, value, validate }, place);
  return typeof text === 'string' ? [text] : text;
}

function problemText(problem: FieldProblem): string {
  switch (problem) {
    case 'required':
      return vscode.l10n.t('The status asks for it: it can not be left empty.');
    case 'number':
      return vscode.l10n.t('Type a number.');
    case 'date':
      return vscode.l10n.t('Type a date as 2026-11-26.');
    case 'date-time':
      return vscode.l10n.t('Type a date and time as 2026-11-26 20:40.');
    case 'one-value':
    case 'choice':
      return vscode.l10n.t('This is not one of its values.');
  }
}
