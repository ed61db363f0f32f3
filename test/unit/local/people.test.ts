import { strict as assert } from 'node:assert';
import { findPeople, peopleByName, personFrom } from '../../../src/backends/local/people.ts';

describe('local desk: people', () => {
  const people = ['Bob Engineer <bob@example.org>', 'Bobby Tables', 'Rob Bobson', 'Jakob Meyer'].map(
    personFrom,
  );
  const names = (query: string) => findPeople(people, query).map(({ name }) => name);

  it('are found, best match first', () => {
    assert.deepEqual(names('bob'), ['Bob Engineer', 'Bobby Tables', 'Rob Bobson']);
    assert.deepEqual(names('rob bobson'), ['Rob Bobson']);
    assert.deepEqual(names('bob@example.org'), ['Bob Engineer']);
    assert.deepEqual(names('kob'), ['Jakob Meyer']);
    assert.equal(names(' ').length, 4);
    assert.deepEqual(names('zoe'), []);
  });

  it('are the same person however they are written', () => {
    assert.equal(personFrom('Bob <bob@example.org>').id, personFrom('BOB@example.org').id);
    assert.deepEqual(personFrom('<bob@example.org>'), {
      id: 'bob@example.org',
      name: 'bob@example.org',
      email: 'bob@example.org',
    });
    assert.deepEqual(personFrom('Bob'), { id: 'bob', name: 'Bob' });
  });

  it('are meant by their name alone where nobody else has it', () => {
    const twins = ['Kim Lee <kim@example.org>', 'Kim Lee <kim.lee@example.org>'].map(personFrom);
    const byName = peopleByName([...people, ...twins]);
    assert.equal(byName.get('bob engineer')?.id, 'bob@example.org');
    assert.equal(byName.get('kim lee'), undefined);
  });
});
