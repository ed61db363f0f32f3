const pattern = /^Requested by: @?(.{1,200})$/;

/** The first line of a ticket that one of us writes for somebody else. Naming a user notifies them. */
export function forRequester(requester: string, description: string): string {
  return `Requested by: ${/^[\w.-]+$/.test(requester) ? '@' : ''}${requester}\n\n${description}`;
}

/** Who a text says it was written for. Only who belongs to the desk is to be believed. */
export function requesterIn(text: string): string | undefined {
  return pattern.exec(text.split(/\r?\n/)[0] ?? '')?.[1]?.trim();
}
