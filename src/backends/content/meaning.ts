import type { Body, Entry } from '../../desk/entry.ts';
import { parseHandBack } from '../../desk/handBack.ts';
import { isHandOff } from '../../desk/handOff.ts';
import { parseLog } from '../../desk/interactionLog.ts';
import { parseResolution } from '../../desk/resolutionNote.ts';
import { parseRunRecord } from '../../desk/runRecord.ts';

/** What we, or a colleague's Deskside, wrote is known by its form (see `written`). */
export function meaningOf(
  internal: boolean,
  body: Body | undefined,
  files: boolean,
): Pick<Entry, 'kind' | 'channel' | 'link' | 'body' | 'minutes'> {
  const kind = internal ? 'note' : 'reply';
  if (body === undefined) return { kind: files ? 'attachment' : kind };
  if (body.format === 'html') return { kind };
  const markdown: Body = { text: body.text, format: 'markdown' };
  // What a command printed may look like anything: the first line decides.
  if (internal && parseRunRecord(body.text) !== undefined) return { kind: 'run', body: markdown };
  const link = parseResolution(body.text);
  if (link !== undefined) return { kind: 'resolution', link, body: markdown };
  const log = parseLog(body.text);
  if (log !== undefined) {
    return {
      kind: 'log',
      channel: log.channel,
      ...(log.minutes !== undefined && { minutes: log.minutes }),
      body: { text: log.body, format: 'markdown' },
    };
  }
  const handsOver = isHandOff(body.text) || parseHandBack(body.text) !== undefined;
  return internal && handsOver ? { kind: 'hand-off', body: markdown } : { kind };
}
