import type { Entry } from '../../desk/entry.ts';
import { filesOf as sentFiles } from '../../desk/operation.ts';
import type { StoreReader } from '../../store/api.ts';

type Reader = Pick<
  StoreReader,
  'drafts' | 'draftFiles' | 'outbox' | 'links' | 'file' | 'localChanges' | 'localFile'
>;

export interface Exported {
  bytes: Buffer;
  drafts: number;
  changes: number;
  links: number;
  tickets: number;
}

/** Local tickets read at one time. */
const atOnce = 100;

/**
 * What this user did and nobody else has, as JSON that people can read: drafts and the outbox with their files, links,
 * and the local desk with its attachments. Nothing, once it is not `wanted` any more.
 */
export async function workOf(reader: Reader, at: Date, wanted: () => boolean): Promise<Exported | undefined> {
  const parts: Buffer[] = [];
  const write = (text: string): void => void parts.push(Buffer.from(text));
  const drafts = reader.drafts().map((draft) => ({
    ...draft,
    files: reader.draftFiles(draft.id).map((file) => ({ ...file, base64: base64(reader.file(file.id)) })),
  }));
  const outbox = reader.outbox().map((operation) => ({
    ...operation,
    files: operation.steps
      .flatMap(sentFiles)
      .flatMap(({ stored }) =>
        stored === undefined ? [] : [{ id: stored, base64: base64(reader.file(stored)) }],
      ),
  }));
  const links = reader.links();
  write('{\n');
  const sections = { format: 'deskside-work/1', exportedAt: at.toISOString(), drafts, outbox, links };
  for (const [name, value] of Object.entries(sections)) {
    write(`${JSON.stringify(name)}: ${JSON.stringify(value, undefined, 2)},\n`);
  }
  write('"localDesk": [');
  let tickets = 0;
  for (let sequence = 0, more = true; more;) {
    if (!wanted()) return undefined;
    const page = reader.localChanges(sequence, atOnce);
    for (const { ticket, entries } of page.tickets) {
      const files = attachmentsOf(entries).map((id) => ({
        id,
        base64: base64(reader.localFile(ticket.id, id)),
      }));
      write(`${tickets++ === 0 ? '' : ','}\n${JSON.stringify({ ticket, entries, files }, undefined, 2)}`);
    }
    more = page.tickets.length === atOnce;
    ({ sequence } = page);
    await new Promise((resolve) => setImmediate(resolve));
  }
  write('\n]\n}\n');
  const counts = { drafts: drafts.length, changes: outbox.length, links: links.length, tickets };
  return { bytes: Buffer.concat(parts), ...counts };
}

function attachmentsOf(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ attachments }) => attachments.map(({ id }) => id));
}

function base64(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString('base64');
}
