import type { Person } from '../../desk/ticket.ts';

/**
 * Redmine takes whoever creates a ticket for its author. For whom an agent created it is the first line of the
 * description: `Requester: Carol Customer <carol@example.com>, user#12`.
 */
export function withRequester(description: string, requester: Person | string): string {
  const line =
    typeof requester === 'string'
      ? oneLine(requester)
      : `${oneLine(requester.name)}${requester.email === undefined ? '' : ` <${requester.email}>`}, user#${requester.id}`;
  return `Requester: ${line}\n\n${description}`;
}

const pattern = /^Requester: ([^<>\n]{1,120}?)(?: <([^<>\s]{3,200})>)?(?:, user#(\d{1,9}))?\r?(?:\n|$)/;

/** Whom {@link withRequester} named; nothing in any other description. */
export function requesterIn(description: string): Person | undefined {
  const [, name, email, id] = pattern.exec(description) ?? [];
  if (name === undefined) return undefined;
  return { id: id ?? email ?? name, name, ...(email !== undefined && { email }) };
}

/** What was reported, without the line that says by whom. */
export function reported(description: string): string {
  return description.replace(pattern, '').replace(/^\s*\n/, '');
}

function oneLine(text: string): string {
  return text.replace(/[\s<>]+/g, ' ').trim();
}
