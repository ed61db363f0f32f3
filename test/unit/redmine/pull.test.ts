import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { FakeRedmine } from './fakeRedmine.ts';

const start = 1_700_000_000;

describe('Redmine: a pull', () => {
  function filled(count: number, at: (index: number) => number): FakeRedmine {
    const redmine = new FakeRedmine();
    for (let index = 1; index <= count; index++) redmine.set(index, at(index));
    return redmine;
  }

  it('gives more changes of one second than fit on a page', async () => {
    const redmine = filled(350, (index) => start + index);
    const { given, cursor } = await redmine.pull();
    assert.equal(given.size, 350);
    for (let index = 1; index <= 350; index++) redmine.set(index, start + 5_000);
    const after = await redmine.pull(cursor);
    assert.equal(after.given.size, 350);
  });

  it('misses nothing that changes or leaves while it is read', async () => {
    const redmine = filled(250, (index) => start + index);
    const { cursor } = await redmine.pull();
    for (let index = 1; index <= 250; index++) redmine.set(index, start + 1_000 + index);
    let lists = 0;
    redmine.beforeList = () => {
      lists += 1;
      redmine.set(lists, start + 2_000 + lists);
      redmine.issues.delete(250 - lists);
    };
    const during = await redmine.pull(cursor);
    redmine.beforeList = () => undefined;
    const last = await redmine.pull(during.cursor);
    const given = new Map([...during.given, ...last.given]);
    for (const id of redmine.issues.keys()) assert.ok(given.has(id), `#${id}`);
  });

  it('finds a change that shows itself late, behind later ones', async () => {
    const redmine = filled(3, (index) => start + index);
    const { cursor } = await redmine.pull();
    redmine.set(1, start + 100);
    const first = await redmine.pull(cursor);
    redmine.set(2, start + 40);
    const second = await redmine.pull(first.cursor);
    assert.deepEqual([...second.given.keys()], [2]);
  });

  it('notices a second change within the second of the first, once that second is over', async () => {
    const redmine = filled(2, (index) => start + index);
    const { cursor } = await redmine.pull();
    redmine.set(1, start + 100);
    const first = await redmine.pull(cursor);
    assert.deepEqual([...first.given.keys()], [1]);
    redmine.set(1, start + 100);
    redmine.now += 60_000;
    const second = await redmine.pull(first.cursor);
    assert.deepEqual([...second.given.keys()], [1]);
    assert.notEqual(second.given.get(1), first.given.get(1));
    redmine.asked.length = 0;
    redmine.now += 60_000;
    const idle = await redmine.pull(second.cursor);
    redmine.now += 60_000;
    redmine.asked.length = 0;
    await redmine.pull(idle.cursor);
    assert.deepEqual(redmine.asked, ['/issues.json'], 'one request');
  });

  it('tells what is no longer ours, and says nothing of what never was', async () => {
    const redmine = filled(3, (index) => start + index);
    const { cursor } = await redmine.pull();
    redmine.set(2, start + 200, false);
    redmine.set(9, start + 201, false);
    const { given } = await redmine.pull(cursor);
    assert.deepEqual([...given.keys()], [2]);
  });

  it('names a malformed ticket and gives the rest', async () => {
    const redmine = filled(3, (index) => start + index);
    redmine.issues.set(2, { at: start + 2, journals: 1, mine: true, malformed: true });
    const { given, problems } = await redmine.pull();
    assert.deepEqual([...given.keys()].sort(), [1, 3]);
    assert.match(problems.join(), /#2.*subject/);
  });

  it('begins anew where more changed than is worth walking through', async () => {
    const redmine = filled(20, (index) => start + index);
    const { cursor } = await redmine.pull();
    for (let index = 100; index < 10_000; index++) redmine.set(index, start + 1_000 + index, false);
    redmine.set(7, start + 50_000);
    const { given } = await redmine.pull(cursor);
    assert.equal(given.size, 20);
  }).timeout(20_000);

  it('ends in the server’s exact state, whatever changes when', async () => {
    const change = fc.record({
      id: fc.integer({ min: 1, max: 12 }),
      later: fc.integer({ min: 0, max: 2 }),
      waits: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 25 }), async (changes) => {
        const redmine = filled(12, (index) => start + index);
        const known = new Map<number, string>();
        let cursor: string | undefined;
        let at = start + 100;
        const pull = async () => {
          redmine.now += 500;
          const pulled = await redmine.pull(cursor);
          cursor = pulled.cursor;
          for (const [id, revision] of pulled.given) known.set(id, revision);
        };
        await pull();
        for (const { id, later, waits } of changes) {
          at += later;
          redmine.set(id, at);
          if (waits) await pull();
        }
        redmine.now += 10_000;
        await pull();
        await pull();
        const fresh = (await redmine.pull()).given;
        assert.deepEqual(new Map([...known].sort()), new Map([...fresh].sort()));
      }),
      { numRuns: 60 },
    );
  }).timeout(20_000);
});
