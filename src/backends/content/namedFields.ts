import { channels, ticketKinds, type Channel, type TicketKind } from '../../desk/ticket.ts';

type Field = Readonly<{ name: string; values: readonly string[] }>;

/** What a custom field called `Kind` says, in systems that know no kinds themselves. */
export function kindIn(fields: readonly Field[]): TicketKind | undefined {
  return named(fields, 'kind', ticketKinds);
}

/** What a custom field called `Channel` says of how a ticket came in. */
export function channelIn(fields: readonly Field[]): Channel | undefined {
  return named(fields, 'channel', channels);
}

function named<T extends string>(fields: readonly Field[], name: string, words: readonly T[]): T | undefined {
  const value = fields.find((field) => field.name.toLowerCase() === name)?.values[0];
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
  return value === undefined ? undefined : words.find((word) => plain(word) === plain(value));
}
