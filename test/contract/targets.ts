import { strict as assert } from 'node:assert';
import { fail, ok } from '../../src/desk/errors.ts';
import type { Target } from '../../src/desk/target.ts';
import { checkTargets, targetCheckText } from '../../src/editor/escalating/targetCheck.ts';
import { calm, unique, value } from './helpers.ts';
import type { ContractSubject } from './subject.ts';

const plain = (message: string, ...values: (string | number)[]): string =>
  message.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));

/** What is set of an account's targets is proved against the account itself. */
export function targetContract(subject: () => ContractSubject): void {
  describe('escalation targets', () => {
    async function check(targets: Target[], rota: string[] = []) {
      const { alice } = subject();
      const ticketId = await subject().requesterCreates(unique('targets'), 'A question.');
      const onCall = (file: string) =>
        Promise.resolve(
          file === 'rota.ics' ? ok(rota) : fail({ reason: 'not-found', message: 'no such file' } as const),
        );
      const checked = value(await checkTargets(alice, targets, { ticketId, onCall, t: plain, signal: calm }));
      return { text: targetCheckText('here', checked, plain), checked };
    }

    it('hold where the account has what they name', async function () {
      const { bob, capabilities, priorities, teams } = subject();
      if (!capabilities.internalNote || !capabilities.setTeam || !capabilities.assign) return;
      const { me } = value(await bob.signIn(calm));
      const { text, checked } = await check(
        [
          {
            name: 'Second line',
            team: teams[1],
            priority: priorities[0],
            assignee: me.id,
            onCall: 'rota.ics',
            ...(capabilities.setTier === 'native' && { tier: 2 as const }),
            ...(capabilities.setTags && { tags: ['x'] }),
          },
        ],
        [me.name],
      );
      assert.deepEqual(
        checked[0]?.findings.filter((finding) => !finding.ok),
        [],
        text,
      );
      assert.ok(checked.flatMap(({ findings }) => findings).length >= 4, text);
      assert.ok(text.includes(`${me.name} can be assigned to`), text);
    });

    it('do not hold where it has not, and each thing is named', async () => {
      const { capabilities } = subject();
      const { text, checked } = await check(
        [
          { name: 'Nowhere', team: 'No such team', priority: 'No such priority', assignee: 'no.such.person' },
          { name: 'Ghosts', onCall: 'rota.ics' },
          { name: 'Lost', onCall: 'lost.ics' },
          ...(capabilities.setTags ? [] : [{ name: 'Tagged', tags: ['x'] }]),
        ],
        [],
      );
      for (const { target, findings } of checked) {
        assert.ok(
          findings.some((finding) => !finding.ok),
          target.name,
        );
      }
      for (const said of [
        'No such team',
        'No such priority',
        'no.such.person',
        'nobody is on call',
        'no such file',
      ])
        assert.ok(text.includes(said), said);
    });
  });
}
