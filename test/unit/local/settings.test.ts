import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { defaultTeams, readLocalDeskSettings } from '../../../src/backends/local/settings.ts';
import { defaultSlaPolicy } from '../../../src/desk/slaPolicy.ts';

describe('local desk: settings', () => {
  const read = (setting: unknown) => readLocalDeskSettings(setting, 'wilma');

  it('have a default for everything', () => {
    for (const nothing of [undefined, null, {}, [], 'text', 5]) {
      const { settings, problems } = read(nothing);
      assert.deepEqual(settings, {
        user: { id: 'wilma', name: 'wilma' },
        people: [],
        teams: defaultTeams,
        fields: [],
        sla: defaultSlaPolicy,
      });
      assert.deepEqual(problems, []);
    }
  });

  it('are taken as the user wrote them', () => {
    const { settings, problems } = read({
      user: 'Alice Agent <alice@example.org>',
      people: ['Bob'],
      teams: [{ name: 'Helpdesk', tier: 1 }, { name: 'Lab' }],
      fields: [{ name: 'Floor' }, { name: 'Site', type: 'choice', choices: ['North', 'South'] }],
      sla: {
        targets: { P1: { firstResponse: 5, resolution: 60 } },
        businessHours: {
          zone: 'Europe/Berlin',
          days: ['Mon', 'Fri'],
          from: '08:30',
          to: '24:00',
          holidays: ['2026-12-25'],
        },
      },
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(settings, {
      user: { id: 'alice@example.org', name: 'Alice Agent', email: 'alice@example.org' },
      people: [{ id: 'bob', name: 'Bob' }],
      teams: [{ name: 'Helpdesk', tier: 1 }, { name: 'Lab' }],
      fields: [
        { id: 'Floor', name: 'Floor', type: 'text' },
        { id: 'Site', name: 'Site', type: 'choice', choices: ['North', 'South'] },
      ],
      sla: {
        targets: { ...defaultSlaPolicy.targets, 1: { firstResponse: 5, resolution: 60 } },
        hours: { zone: 'Europe/Berlin', days: [1, 5], from: 510, to: 1440, holidays: ['2026-12-25'] },
      },
    });
  });

  it('take an office week where only the hours are given', () => {
    const { hours } = read({ sla: { businessHours: { from: '09:00', to: '17:00' } } }).settings.sla;
    assert.deepEqual(hours?.days, [1, 2, 3, 4, 5]);
    assert.equal(hours.zone, Intl.DateTimeFormat().resolvedOptions().timeZone);
  });

  const wrong: [unknown, RegExp][] = [
    [{ user: 5 }, /localDesk\.user/],
    [{ teams: [] }, /localDesk\.teams.*at least one/],
    [{ teams: [{ name: 'A', tier: 9 }] }, /localDesk\.teams\.0\.tier/],
    [{ sla: { targets: { P1: { firstResponse: 0, resolution: 1 } } } }, /sla\.targets\.P1\.firstResponse/],
    [{ fields: [{ name: 'A', type: 'choice' }] }, /localDesk\.fields.*choices/],
    [{ fields: [{ name: 'A' }, { name: 'A' }] }, /same name/],
    [{ sla: { targets: { P7: {} } } }, /sla\.targets/],
    [{ sla: { businessHours: { from: '17:00', to: '09:00' } } }, /before/],
    [{ sla: { businessHours: { from: '9', to: '17:00' } } }, /08:30/],
    [{ sla: { businessHours: { from: '09:00', to: '17:00', zone: 'Nowhere' } } }, /time zone/],
  ];
  for (const [setting, problem] of wrong) {
    it(`name what is wrong and keep the rest: ${JSON.stringify(setting)}`, () => {
      const { settings, problems } = read({ people: ['Bob'], ...(setting as object) });
      assert.equal(problems.length, 1);
      assert.match(problems[0]!, problem);
      assert.equal(settings.people.length, 1);
      assert.deepEqual(settings.sla, defaultSlaPolicy);
      assert.deepEqual(settings.teams, defaultTeams);
    });
  }

  it('never throw', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (whole, part) => {
        for (const setting of [whole, { user: part }, { people: part }, { teams: part }, { sla: part }]) {
          assert.ok(read(setting).settings.teams.length > 0);
        }
      }),
    );
  });
});
