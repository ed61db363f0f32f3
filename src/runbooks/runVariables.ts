import { oneLine } from '../desk/plainText.ts';
import { rankName } from '../desk/operation.ts';
import type { Ticket } from '../desk/ticket.ts';

/** Longer ones are cut, in characters: an environment is small. */
const longestValue = 4_000;
const prefix = 'DESKSIDE_';

/**
 * What a ticket gives to the commands of its runs, by the name of the environment variable. Values are one line without
 * control characters, and never part of a command's text.
 */
export function variablesOf(ticket: Ticket): Record<string, string> {
  const values: [string, string | undefined][] = [
    ['ticket', ticket.key],
    ['ticket_id', ticket.id],
    ['subject', ticket.subject],
    ['url', ticket.url],
    ['status', ticket.status.name],
    ['priority', ticket.priority.name],
    ['rank', rankName(ticket.priority.rank)],
    ['kind', ticket.kind],
    ['team', ticket.team],
    ['tier', ticket.tier?.toString()],
    ['requester', ticket.requester?.name],
    ['requester_id', ticket.requester?.id],
    ['requester_email', ticket.requester?.email],
    ['assignee', ticket.assignee?.name],
    ['assignee_id', ticket.assignee?.id],
    ['asset', ticket.assets[0]],
    ['assets', ticket.assets.join(' ')],
    ['tags', ticket.tags.join(' ')],
    ...ticket.customFields.map(
      ({ name, values }) => [`field_${name}`, values.join(', ')] as [string, string],
    ),
  ];
  const variables: Record<string, string> = {};
  for (const [name, value] of values) {
    const plain = plainValue(value ?? '');
    if (plain !== '') variables[variableName(name)] ??= plain;
  }
  return variables;
}

/**
 * One line, as a command gets it. VS Code fills in `${env:…}` in the environment of a terminal, and what it made of that
 * once more: a subject could read what it should not, so no value has `${`.
 */
export function plainValue(value: string): string {
  return oneLine(value).slice(0, longestValue).replaceAll('${', '$ {');
}

/** `requester.email` → `DESKSIDE_REQUESTER_EMAIL` */
export function variableName(placeholder: string): string {
  const name = placeholder
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return prefix + (name || 'VALUE');
}

/** At the end of a word, or a word of its own. */
const secretName =
  /(?:PASS(?:WOR[DT]|WD|PHRASE|CODE)|KENNWORT|SECRET|TOKEN|CREDENTIAL|(?:API|ACCESS|PRIVATE|RECOVERY)_?KEY|_(?:PASS|PWD|PW|PIN|PSK|OTP))S?\d*(?:_|$)/;

/** Is what it holds to be kept from view and from the record? */
export function isSecretVariable(name: string): boolean {
  return secretName.test(name);
}

/** Variables with their values, as they may be shown. */
export function shownValues(
  names: readonly string[],
  values: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [name, isSecretVariable(name) ? '[secret]' : (values[name] ?? '')]),
  );
}

/** The variables of ours that a command names itself: `"$DESKSIDE_TICKET"`. */
export function namedVariables(command: string): string[] {
  return [...new Set(command.match(/\bDESKSIDE_[A-Z0-9_]+/g) ?? [])];
}
