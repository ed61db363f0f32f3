import { strict as assert } from 'node:assert';
import type { Backend, PullPage } from '../../../src/backends/backend.ts';
import { fail, ok, type Result } from '../../../src/desk/errors.ts';
import { mine } from '../../../src/desk/scope.ts';
import type { StoreWriter } from '../../../src/store/api.ts';
import { unpack, type PackedPage } from '../../../src/store/page.ts';
import { Freshness } from '../../../src/sync/freshness.ts';
import { Intake } from '../../../src/sync/intake.ts';
import { pull, type PullDeps } from '../../../src/sync/pull.ts';
import type { Link } from '../../../src/sync/sessions.ts';
import { ticket } from '../store/fixtures.ts';
import { TestClock } from './rig.ts';

/** A writer that is done with a page when the test says so. */
class SlowWriter {
  readonly pages: PackedPage[] = [];
  readonly #answers: ((result: Result<void>) => void)[] = [];

  run(_command: string, page: unknown): Promise<Result<void>> {
    this.pages.push(page as PackedPage);
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  async answer(result: Result<void>): Promise<void> {
    this.#answers.shift()?.(result);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function page(first: number, count = 2): PullPage {
  const tickets = Array.from({ length: count }, (_, n) => ticket(first + n));
  return { tickets, timelines: [], cursor: `after ${first}`, problems: [] };
}

function setUp() {
  const writer = new SlowWriter();
  const freshness = new Freshness();
  const clock = new TestClock();
  const deps = { writer: writer as Pick<StoreWriter, 'run'>, freshness, clock };
  const intake = new Intake(deps, 'a', mine);
  const take = (one: PullPage) => intake.take(one, freshness.watch());
  const written = () =>
    writer.pages.map((one) => [Array.from(unpack(one), ({ id }) => id).join(), one.cursor]);
  return { writer, freshness, clock, intake, take, written };
}

describe('pages that come in', () => {
  it('are written at once, and those soon after together, with the last of their cursors', async () => {
    const { writer, clock, take, written } = setUp();
    for (const first of [1, 3, 5]) assert.ok((await take(page(first))).ok);
    assert.deepEqual(written(), [['1,2', 'after 1']]);
    await writer.answer(ok());
    assert.equal(written().length, 1);
    clock.advance(100);
    assert.deepEqual(written().at(-1), ['3,4,5,6', 'after 5']);
    await writer.answer(ok());
    clock.advance(100);
    await take(page(7));
    assert.deepEqual(written().at(-1), ['7,8', 'after 7'], 'a server that is slow keeps nothing waiting');
  });

  it('wait for no others at the end', async () => {
    const { writer, intake, take, written } = setUp();
    for (const first of [1, 3]) assert.ok((await take(page(first))).ok);
    const finished = intake.finish();
    await writer.answer(ok());
    assert.deepEqual(written().at(-1), ['3,4', 'after 3']);
    await writer.answer(ok());
    assert.ok((await finished).ok);
  });

  it('are not written after one that could not be: the next sync begins there', async () => {
    const { writer, intake, take, written } = setUp();
    for (const first of [1, 3]) await take(page(first));
    const failed = fail({ reason: 'storage', message: 'The disk is full.' });
    await writer.answer(failed);
    assert.deepEqual(await take(page(5)), failed);
    assert.deepEqual(await intake.finish(), failed);
    assert.deepEqual(written(), [['1,2', 'after 1']]);
  });

  it('are written before a connector that breaks off is told to have done so', async () => {
    const { writer, freshness, clock, written } = setUp();
    const backend: Pick<Backend, 'pull'> = {
      async *pull() {
        for (const first of [1, 3]) yield await Promise.resolve(ok(page(first)));
        throw new Error('Broken.');
      },
    };
    const reader = { problem: () => undefined, cursor: () => undefined };
    const deps = { writer, freshness, clock, reader } as unknown as PullDeps;
    const link = { backend } as unknown as Link;
    const pulled = pull(deps, 'a', link, mine, new AbortController().signal, () => undefined);
    for (let answered = 0; answered < 2; answered++) {
      await new Promise((resolve) => setImmediate(resolve));
      await writer.answer(ok());
    }
    const outcome = await pulled;
    assert.equal(!outcome.ok && outcome.error.reason, 'protocol');
    assert.deepEqual(written().at(-1), ['3,4', 'after 3']);
  });

  it('wait where the writer does not keep up', async () => {
    const { writer, take } = setUp();
    await take(page(1));
    let taken = false;
    const much = take(page(10, 2_000)).then(() => (taken = true));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(taken, false);
    await writer.answer(ok());
    await much;
    assert.equal(writer.pages.length, 2);
  });

  it('do not replace what was read of a ticket while they waited', async () => {
    const { writer, freshness, clock, intake, take, written } = setUp();
    await take(page(1));
    await take(page(3));
    freshness.wrote(ticket(4));
    const later = freshness.watch();
    await writer.answer(ok());
    clock.advance(100);
    assert.deepEqual(written().at(-1), ['3', 'after 3']);
    assert.deepEqual([later.overtaken(ticket(3)), later.overtaken(ticket(4))], [true, false]);
    assert.ok(
      intake.changed.some(({ id }) => id === '4'),
      'its timeline is read again',
    );
  });
});
