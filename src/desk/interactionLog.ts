import { normaliseLines, unquote } from './plainText.ts';
import { channels, type Channel } from './ticket.ts';

/** A call or chat that took place, as written down. */
export interface InteractionLog {
  channel: Channel;
  minutes?: number;
  body: string;
}

const heading = 'Interaction log:';
const pattern = new RegExp(
  `^[\\s*_#]*${heading}\\s*(${channels.join('|')})(?:,\\s*(\\d{1,5})\\s*min(?:ute)?s?)?[\\s*_.]*$`,
  'i',
);

/**
 * How a call or chat is written as a note, for backends without such an entry of their own. The first line says so:
 * `Interaction log: phone, 12 minutes`.
 */
export function formatLog(log: InteractionLog): string {
  const minutes = log.minutes === undefined ? 0 : Math.round(log.minutes);
  const length = minutes > 0 ? `, ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}` : '';
  const first = `${heading} ${log.channel}${length}`;
  const body = log.body.trim();
  return body === '' ? first : `${first}\n\n${body}`;
}

/** What {@link formatLog} wrote; `undefined` for any other text. */
export function parseLog(text: string): InteractionLog | undefined {
  const lines = unquote(normaliseLines(text)).trim().split('\n');
  const [, channel, minutes] = pattern.exec(lines[0] ?? '') ?? [];
  const known = channels.find((one) => one === channel?.toLowerCase());
  if (known === undefined) return undefined;
  const body = lines.slice(1).join('\n').trim();
  return { channel: known, ...(minutes !== undefined && { minutes: Number(minutes) }), body };
}
