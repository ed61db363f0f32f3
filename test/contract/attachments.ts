import { strict as assert } from 'node:assert';
import {
  apply,
  calm,
  entriesOf,
  entryWith,
  error,
  post,
  refused,
  unique,
  value,
  sending,
} from './helpers.ts';
import type { ContractSubject } from './subject.ts';

/** Files, up and down. */
export function attachmentContract(subject: () => ContractSubject): void {
  describe('attachments', () => {
    async function ticket(what: string): Promise<string> {
      return subject().requesterCreates(unique(what), 'See the picture.');
    }
    const everyByte = Uint8Array.from({ length: 4096 }, (_, index) => index % 256);

    async function attach(
      ticketId: string,
      name: string,
      visibility: 'public' | 'internal',
      bytes: Uint8Array,
    ) {
      await apply(subject().alice, ticketId, {
        type: 'attach',
        name,
        mediaType: 'application/octet-stream',
        base64: Buffer.from(bytes).toString('base64'),
        visibility,
      });
    }
    /** As internally as the system can. */
    const usual = () => (subject().capabilities.attach === 'public' ? 'public' : 'internal');
    async function attachmentsOf(ticketId: string) {
      return (await entriesOf(subject().bob, ticketId)).flatMap((entry) =>
        entry.attachments.map((attachment) => ({ ...attachment, entry })),
      );
    }

    it('arrive as they were sent', async () => {
      const { bob, capabilities } = subject();
      const id = await ticket('attachment');
      if (!capabilities.attach) {
        return refused(subject(), id, {
          type: 'attach',
          name: 'a',
          mediaType: 'text/plain',
          base64: '',
          visibility: 'public',
        });
      }
      await attach(id, 'trace.bin', usual(), everyByte);
      const [attachment] = await attachmentsOf(id);
      assert.ok(attachment);
      assert.equal(attachment.name, 'trace.bin');
      assert.equal(attachment.mediaType, 'application/octet-stream');
      assert.equal(attachment.entry.visibility, usual());
      if (attachment.size !== undefined) assert.equal(attachment.size, everyByte.length);
      const stream = value(await bob.attachment(id, attachment.id, calm));
      const received = new Uint8Array(await new Response(stream).arrayBuffer());
      assert.deepEqual(received, everyByte);
    });

    it('come with what was written', async () => {
      const { alice, bob, capabilities } = subject();
      const id = await ticket('files with a text');
      const text = unique('Both pictures are here');
      const visibility = capabilities.attach && capabilities.attach !== 'public' ? 'internal' : 'public';
      const file = (name: string, content: string) => ({
        name,
        mediaType: 'text/plain',
        base64: Buffer.from(content).toString('base64'),
      });
      const step = {
        ...post(visibility === 'public' ? 'reply' : 'note', visibility, text),
        files: [file('one.txt', 'first'), file('two.txt', 'second')],
      };
      const sent = await alice.apply(sending(id, step), calm);
      if (!capabilities.attach) {
        assert.equal(error(sent).reason, 'unsupported');
        assert.ok(!(await entriesOf(bob, id)).some(({ body }) => body?.text.includes(text)));
        return;
      }
      value(sent);
      const entry = await entryWith(bob, id, text);
      assert.equal(entry.visibility, visibility);
      assert.deepEqual(
        entry.attachments.map(({ name }) => name),
        ['one.txt', 'two.txt'],
      );
      const stream = value(await bob.attachment(id, entry.attachments[1]!.id, calm));
      assert.equal(await new Response(stream).text(), 'second');
      if (capabilities.attach !== 'public') return;
      const note = { ...post('note', 'internal', unique('For us')), files: step.files };
      await refused(subject(), id, note);
    });

    it('are public only when they were sent so', async () => {
      const { alice, capabilities, trueEntries } = subject();
      if (!capabilities.attach) return;
      const id = await ticket('visibility');
      await attach(id, 'public.txt', 'public', new TextEncoder().encode('for carol'));
      if (capabilities.attach === 'public') {
        const step = {
          type: 'attach',
          name: 'internal.txt',
          mediaType: 'text/plain',
          base64: 'Zm9yIHVz',
        } as const;
        const answer = await alice.apply(sending(id, { ...step, visibility: 'internal' }), calm);
        assert.equal(error(answer).reason, 'unsupported');
      } else {
        await attach(id, 'internal.txt', 'internal', new TextEncoder().encode('for us'));
      }
      const truth = (await trueEntries(id)).filter((entry) => entry.attachments.length > 0);
      assert.deepEqual(
        truth.map((entry) => [entry.visibility, entry.attachments]),
        [
          ['public', ['public.txt']],
          ...(capabilities.attach === 'public' ? [] : [['internal', ['internal.txt']]]),
        ],
      );
    });

    it('keep a hostile name as a name', async () => {
      const { bob, capabilities } = subject();
      if (!capabilities.attach) return;
      const id = await ticket('hostile name');
      await attach(id, '../../x', usual(), new TextEncoder().encode('harmless'));
      const [attachment] = await attachmentsOf(id);
      assert.ok(attachment);
      assert.match(attachment.name, /x$/);
      const stream = value(await bob.attachment(id, attachment.id, calm));
      assert.equal(await new Response(stream).text(), 'harmless');
    });

    it('that do not exist are not found', async () => {
      const id = await ticket('no attachment');
      assert.equal(error(await subject().alice.attachment(id, '99999999', calm)).reason, 'not-found');
    });

    it('of another ticket are not handed out', async () => {
      const { alice, capabilities } = subject();
      if (!capabilities.attach) return;
      const one = await ticket('its own');
      const other = await ticket('another');
      await attach(one, 'own.txt', usual(), new TextEncoder().encode('own'));
      const [attachment] = await attachmentsOf(one);
      assert.equal(error(await alice.attachment(other, attachment!.id, calm)).reason, 'not-found');
    });
  });
}
