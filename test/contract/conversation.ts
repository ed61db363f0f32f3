import { strict as assert } from 'node:assert';
import type { Entry } from '../../src/desk/entry.ts';
import { plainText } from '../../src/desk/htmlText.ts';
import { parseResolution } from '../../src/desk/resolutionNote.ts';
import { formatRunRecord, parseRunRecord } from '../../src/desk/runRecord.ts';
import { attempt, began, run } from '../shared/runs.ts';
import type { ResolutionLink } from '../../src/desk/links.ts';
import type { PostKind, Step } from '../../src/desk/operation.ts';
import { apply, entriesOf, entryWith, post, refused, remark, ticketOf, unique, update } from './helpers.ts';
import type { ContractSubject } from './subject.ts';

/** What people write to each other: kinds, visibility, order, text. */
export function conversationContract(subject: () => ContractSubject): void {
  describe('conversation', () => {
    async function ticket(what: string): Promise<string> {
      return subject().requesterCreates(unique(what), 'My printer eats the paper.');
    }
    function visibilities(): ('internal' | 'public')[] {
      return subject().capabilities.internalNote ? ['internal', 'public'] : ['public'];
    }
    async function truthOf(ticketId: string, text: string) {
      const found = (await subject().trueEntries(ticketId)).filter((entry) => entry.text.includes(text));
      assert.equal(found.length, 1, `the system holds "${text}" once`);
      return found[0]!;
    }

    /** What alice writes for colleagues only is so in the system, and bob's Deskside knows it again; refused where it can't be. */
    async function keepsInternal(kind: PostKind, text: string, body: string): Promise<Entry | undefined> {
      const { alice, bob, capabilities, trueEntries } = subject();
      const id = await ticket(kind);
      const step = post(kind, 'internal', body);
      if (!capabilities.internalNote) {
        await refused(subject(), id, step);
        assert.equal((await trueEntries(id)).length, 1);
        return undefined;
      }
      await apply(alice, id, step);
      assert.equal((await truthOf(id, text)).visibility, 'internal');
      const entry = await entryWith(bob, id, text);
      assert.equal(entry.visibility, 'internal');
      assert.equal(entry.kind, kind);
      return entry;
    }

    it('creates a ticket', async () => {
      const { alice, capabilities, teams, priorities, trueTicket, trueEntries } = subject();
      const title = unique('created');
      const step: Step = {
        type: 'create',
        ticket: {
          subject: title,
          description: 'Reported at the counter.\n\nScreen stays black.',
          requester: subject().requesterName,
          team: teams[0],
          priority: priorities[0],
          kind: 'incident',
          channel: 'walk-in',
          tags: [],
        },
      };
      if (!capabilities.createTicket) return refused(subject(), undefined, step);
      const id = await apply(alice, undefined, step);
      const truth = await trueTicket(id);
      assert.equal(truth.subject, title);
      assert.equal(truth.team, teams[0]);
      assert.equal(truth.priority, priorities[0]);
      assert.match((await trueEntries(id))[0]!.text, /Screen stays black/);
      const created = await ticketOf(alice, id);
      assert.equal(created.subject, title);
      assert.equal(created.requester?.id, subject().personId('carol'));
      assert.ok(created.key.length > 0);
    });

    it('begins with what the requester wrote', async () => {
      const { alice, personId } = subject();
      const entry = await entryWith(alice, await ticket('begins'), 'eats the paper');
      assert.equal(entry.fromRequester, true);
      assert.equal(entry.visibility, 'public');
      assert.equal(entry.kind, 'reply');
      assert.equal(entry.author.id, personId('carol'));
    });

    it('replies in public', async () => {
      const { alice, bob, personId } = subject();
      const id = await ticket('reply');
      const text = unique('Have you tried');
      await apply(alice, id, post('reply', 'public', text));
      const truth = await truthOf(id, text);
      assert.equal(truth.visibility, 'public');
      assert.equal(truth.author, 'alice');
      const entry = await entryWith(bob, id, text);
      assert.equal(entry.kind, 'reply');
      assert.equal(entry.visibility, 'public');
      assert.equal(entry.fromRequester, false);
      assert.equal(entry.author.id, personId('alice'));
    });

    it('keeps a note internal, or refuses it', async () => {
      const text = unique('The user is unfriendly');
      await keepsInternal('note', text, text);
    });

    it('knows the requester by what they answer', async () => {
      const { alice, requesterReplies } = subject();
      const id = await ticket('answer');
      await requesterReplies(id, 'Yes, twice.', 'text');
      const entry = await entryWith(alice, id, 'Yes, twice.');
      assert.equal(entry.fromRequester, true);
      assert.equal(entry.visibility, 'public');
      assert.equal(entry.kind, 'reply');
    });

    it('logs a call', async () => {
      const { alice, bob, capabilities } = subject();
      const id = await ticket('log');
      const text = unique('Talked carol through the driver');
      const step = post('log', 'internal', text, { channel: 'phone', minutes: 12 });
      if (capabilities.interactionLog === false) return refused(subject(), id, step);
      await apply(alice, id, step);
      assert.equal((await truthOf(id, text)).visibility, 'internal');
      const entry = await entryWith(bob, id, text);
      assert.equal(entry.kind, 'log');
      assert.equal(entry.channel, 'phone');
      assert.equal(entry.minutes, 12);
    });

    it("carries a resolution link from one agent's Deskside to another's", async () => {
      const { alice, bob } = subject();
      const link: ResolutionLink = {
        document: {
          id: 'printer-jam',
          title: 'Printer eats paper [HP & others]',
          path: 'runbooks/printer jam.md',
          heading: 'Verify',
          permalink: 'https://git.example.test/docs/blob/0123abc/runbooks/printer%20jam.md#verify',
        },
        outcome: 'solved-with-changes',
      };
      for (const visibility of visibilities()) {
        const id = await ticket('resolution');
        const text = unique('Cleaned roller 2');
        await apply(alice, id, post('resolution', visibility, text, { link }));
        const truth = await truthOf(id, text);
        assert.equal(truth.visibility, visibility);
        assert.deepEqual(parseResolution(truth.text), link, 'readable from the text the system holds');
        assert.ok(truth.text.includes(link.document.permalink!));
        const entry = await entryWith(bob, id, text);
        assert.equal(entry.kind, 'resolution');
        assert.equal(entry.visibility, visibility);
        assert.deepEqual(entry.link, link);
      }
    });

    it('writes a resolution without a document', async () => {
      const { alice, bob } = subject();
      const id = await ticket('no document');
      const text = unique('Went away by itself');
      await apply(alice, id, post('resolution', visibilities()[0]!, text));
      assert.equal((await entryWith(bob, id, text)).link, undefined);
    });

    it('keeps a hand-off internal and knows it again', async () => {
      const text = unique('Roller replaced, jams go on');
      await keepsInternal('hand-off', text, `## Hand-off to tier 2\n\n### What is happening\n\n${text}\n`);
    });

    it('keeps a run record internal and knows it again', async () => {
      const text = unique('Restart the spooler');
      const printed = 'total 3\n<b>&amp; `ticks`\n\n    indented';
      const steps = run().steps.map((step, at) => ({
        ...step,
        title: at === 0 ? text : step.title,
        attempts: [
          attempt(`${at}`, {
            endedAt: began + 900,
            exitCode: at,
            output: { text: printed, leftOut: 0, redacted: 0 },
          }),
        ],
      }));
      const written = formatRunRecord(run({ steps }), { output: true });
      const entry = await keepsInternal('run', text, written);
      if (entry === undefined) return;
      const record = parseRunRecord(plainText(entry.body!));
      assert.deepEqual(
        record?.steps.map(({ state }) => state),
        ['done', 'failed', 'failed'],
      );
      assert.ok(plainText(entry.body!).includes('<b>&amp; `ticks`'), entry.body?.text);
    });

    it('tells it in the order in which it happened', async () => {
      const { alice, bob, requesterReplies, capabilities, statuses } = subject();
      const id = await ticket('order');
      await apply(alice, id, post('reply', 'public', 'First.'));
      await requesterReplies(id, 'Second.', 'text');
      if (capabilities.setStatus && statuses.pending !== undefined) {
        await update(alice, id, { status: statuses.pending });
      }
      await apply(bob, id, remark(subject(), 'Third.'));
      await apply(alice, id, post('reply', 'public', 'Fourth.'));
      const entries = await entriesOf(alice, id);
      const times = entries.map((entry) => entry.at);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      const texts = entries.flatMap((entry) => entry.body?.text.trim() ?? []);
      assert.deepEqual(texts, ['My printer eats the paper.', 'First.', 'Second.', 'Third.', 'Fourth.']);
      assert.equal(new Set(entries.map((entry) => entry.id)).size, entries.length, 'ids are unique');
    });

    it('keeps what was typed, markup, quotes and other scripts included', async () => {
      const { alice, bob } = subject();
      const id = await ticket('typed');
      const text =
        'Run `rm -rf "$TMP"` & <b>not bold</b> <script>alert(1)</script>\n\n- Grüße, 日本語, 🖨️\n- **done**\n\n> quoted';
      await apply(alice, id, post('reply', 'public', text));
      const entry = await entryWith(bob, id, 'rm -rf');
      assert.notEqual(entry.body!.format, 'html');
      assert.equal(entry.body!.text.trim(), text);
    });

    it('hands HTML on untouched and calls it HTML', async () => {
      const { alice, requesterReplies, takesHtml } = subject();
      const id = await ticket('html');
      if (!takesHtml) {
        await requesterReplies(id, 'It <b>blinks</b>.', 'text');
        assert.notEqual((await entryWith(alice, id, 'blinks')).body!.format, 'html');
        return;
      }
      const html = '<p>It <b>blinks</b>.</p><img src=x onerror="alert(1)"><script>alert(2)</script>';
      await requesterReplies(id, html, 'html');
      const entry = await entryWith(alice, id, 'blinks');
      assert.equal(entry.body!.format, 'html');
      assert.ok(entry.body!.text.includes('<b>blinks</b>'));
    });
  });
}
