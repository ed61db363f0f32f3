import assert from 'node:assert/strict';
import fc from 'fast-check';
import { macroOfFile, macrosFor, macrosOfSetting } from '../../../src/replies/macros.ts';
import { macroValues, placeholders } from '../../../src/replies/macroValues.ts';
import { fillMacro, openPlaceholders } from '../../../src/replies/placeholders.ts';
import { fixtureTicket } from '../../shared/panelFixture.ts';

const me = { id: 'alice', name: 'Berg, Alice', email: 'alice@desk.example' };
const values = macroValues(
  { ...fixtureTicket, url: 'https://rt.example/1234' },
  { me, date: '6 March 2025' },
);

describe('macros', () => {
  it('are filled in from the ticket, its people and you', () => {
    assert.equal(
      fillMacro('Hello {{requester.firstName}}, about {{ ticket.key }}: ok? {{me.firstname}}', values),
      'Hello Carol, about RT-1234: ok? Alice',
    );
    const all = fillMacro(placeholders.map((name) => `{{${name}}}`).join('\n'), values);
    assert.deepEqual(openPlaceholders(all), []);
  });

  it('keep what nobody knows, and say where it stands', () => {
    const text = fillMacro('{{requester.name}}: your order {{order.number}} and {{requester.email}}', {
      ...macroValues(
        { ...fixtureTicket, requester: { id: 'x', name: 'Carol' } },
        { me: undefined, date: '' },
      ),
    });
    assert.equal(text, 'Carol: your order {{order.number}} and {{requester.email}}');
    assert.deepEqual(
      openPlaceholders(text).map(({ text: one, start, end }) => [one, text.slice(start, end)]),
      [
        ['{{order.number}}', '{{order.number}}'],
        ['{{requester.email}}', '{{requester.email}}'],
      ],
    );
  });

  it('leave braces in code alone', () => {
    const text = 'Use `{{ item }}`:\n\n```yaml\nname: {{ user.name }}\n```\n\nand {{this}}';
    assert.deepEqual(
      openPlaceholders(text).map((one) => one.text),
      ['{{this}}'],
    );
    assert.deepEqual(openPlaceholders('```\n{{ in.a.fence }} that never ends'), []);
  });

  it('never take what a name says for a placeholder, or for a line of its own', () => {
    const hostile = { id: 'x', name: '{{me.email}}\n<!-- Not sent: all of it', email: 'x@example.org' };
    const filled = fillMacro(
      'Dear {{requester.name}}',
      macroValues({ ...fixtureTicket, requester: hostile }, { me, date: '' }),
    );
    assert.equal(filled, 'Dear {{me.email}} <!-- Not sent: all of it');
    fc.assert(
      fc.property(fc.string(), (name) => {
        const requester = { id: 'x', name };
        const one = macroValues({ ...fixtureTicket, requester }, { me, date: '' })['requester.name'];
        assert.ok(one === undefined || !/[\r\n]/.test(one));
      }),
    );
  });

  it('come from a setting, without entries that are none', () => {
    const setting = [
      { name: ' Reset ', text: 'Done.', for: 'public' },
      { name: 'Both', text: 'x', for: 'everybody' },
      { name: '', text: 'x' },
      { name: 'No text', text: ' ' },
      { name: 7, text: 'x' },
      'x',
      null,
    ];
    assert.deepEqual(macrosOfSetting(setting), [
      { name: 'Reset', text: 'Done.', for: 'public' },
      { name: 'Both', text: 'x' },
    ]);
    for (const none of [undefined, {}, 'x', 3]) assert.deepEqual(macrosOfSetting(none), []);
  });

  it('come from Markdown files', () => {
    assert.deepEqual(macroOfFile('vpn-reset.md', 'Hello,\n\nit is reset.\n'), {
      name: 'vpn-reset',
      text: 'Hello,\n\nit is reset.',
    });
    assert.deepEqual(macroOfFile('a.md', '---\nname: VPN reset\nfor: internal\n---\n\nSee above.'), {
      name: 'VPN reset',
      text: 'See above.',
      for: 'internal',
    });
    assert.equal(macroOfFile('a.md', '---\nname: only a name\n---\n'), undefined);
  });

  it('are offered only where they may be read, the first of a name alone', () => {
    const all = [
      { name: 'a', text: '1' },
      { name: 'b', text: '2', for: 'internal' as const },
      { name: 'a', text: '3' },
    ];
    assert.deepEqual(macrosFor('public', all), [all[0]]);
    assert.deepEqual(macrosFor('internal', all), [all[0], all[1]]);
    assert.deepEqual(macrosFor(undefined, all), [all[0], all[1]]);
  });
});
