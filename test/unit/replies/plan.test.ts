import assert from 'node:assert/strict';
import type { Draft, DraftKind } from '../../../src/desk/draft.ts';
import { formatHandBack } from '../../../src/desk/handBack.ts';
import { emptyHandOff, formatHandOff } from '../../../src/desk/handOff.ts';
import { isPublic } from '../../../src/desk/operation.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import { formatDraft } from '../../../src/replies/draftText.ts';
import { planDraft, type Resolved } from '../../../src/replies/plan.ts';
import type { Plan } from '../../../src/replies/planned.ts';

const ticket: Ticket = {
  accountId: 'local',
  id: '7',
  key: 'DESK-7',
  subject: 'VPN drops',
  team: 'Service Desk',
  assignee: { id: 'alice', name: 'Alice Agent' },
  status: { name: 'Open', category: 'open' },
  priority: { name: 'High', rank: 2 },
  kind: 'incident',
  channel: 'phone',
  tier: 1,
  tags: [],
  assets: [],
  customFields: [],
  createdAt: 0,
  updatedAt: 0,
  reassignments: 0,
  reopenings: 0,
  sla: [],
  revision: '3',
  mine: true,
};

function draft(kind: DraftKind, text: string): Draft {
  return { id: 'd', kind, accountId: 'local', ticketId: '7', label: 'x', text, savedAt: 0 };
}

function plan(kind: DraftKind, text: string, resolved: Resolved = { ticket }): Plan {
  const planned = planDraft(draft(kind, text), resolved);
  assert.ok(planned.ok, planned.ok ? '' : planned.problem.message);
  return planned.plan;
}

function problem(kind: DraftKind, text: string): { message: string; line: number } {
  const planned = planDraft(draft(kind, text), { ticket });
  assert.ok(!planned.ok);
  return planned.problem;
}

describe('What sending a draft does', () => {
  it('makes only a reply public', () => {
    assert.ok(isPublic(plan('reply', 'Hello Carol')));
    assert.ok(!isPublic(plan('note', 'Hello Bob')));
    assert.ok(!isPublic(plan('resolution', formatDraft({ status: 'Resolved' }, 'Reset the profile.'))));
    assert.ok(!isPublic(plan('hand-off', formatDraft({ team: 'Network' }, 'Please see.'))));
  });

  it('makes a resolution public only where it says so', () => {
    assert.ok(
      isPublic(plan('resolution', formatDraft({ status: 'Resolved', visibility: 'public' }, 'Done.'))),
    );
    assert.match(
      problem('resolution', formatDraft({ status: 'Resolved', visibility: 'all' }, 'Done.')).message,
      /visib/,
    );
  });

  it('sends all of a reply or note, also where it begins as front matter does', () => {
    const text = '---\nserver: web01\n---\nIs this yours?';
    for (const kind of ['reply', 'note'] as const) {
      const [step] = plan(kind, text).steps;
      assert.equal(step?.type === 'post' && step.body, text);
    }
  });

  it('refuses what has a passage for the writer that is not closed', () => {
    const text = 'Hello\n\n<!-- Not sent: Carol will read this. -->\n\n<!-- Not sent: for us only\n';
    const { message, line } = problem('reply', text);
    assert.match(message, /not closed/);
    assert.equal(line, 5);
  });

  it('refuses to send nothing', () => {
    for (const kind of ['reply', 'note'] as const)
      assert.match(problem(kind, ' \n').message, /nothing to send/);
    assert.match(problem('reply', '<!-- Not sent: Carol wrote -->').message, /nothing to send/);
  });

  it('resolves: the note with its link first, then the status', () => {
    const link = {
      document: { title: 'VPN', path: 'runbooks/vpn.md', id: 'vpn' },
      outcome: 'solved' as const,
    };
    const { steps, intent } = plan(
      'resolution',
      formatDraft({ status: 'Resolved', minutes: '15' }, 'Reset.'),
      {
        ticket,
        link,
      },
    );
    assert.equal(intent, 'resolve');
    assert.deepEqual(steps, [
      { type: 'post', kind: 'resolution', visibility: 'internal', body: 'Reset.', link, minutes: 15 },
      { type: 'update', fields: { status: 'Resolved' }, before: { status: 'Open' } },
    ]);
  });

  it('escalates: the note first, then team, tier and owner', () => {
    const body = formatHandOff({
      ...emptyHandOff('Network'),
      sections: { ...emptyHandOff().sections, tried: 'Rebooted' },
    });
    const { steps } = plan(
      'hand-off',
      formatDraft({ team: 'Network', tier: '2', reason: 'needs $1 access' }, body),
    );
    assert.deepEqual(steps[1], {
      type: 'update',
      fields: { team: 'Network', tier: 2, assignee: null },
      before: { team: 'Service Desk', tier: 1, assignee: 'alice' },
    });
    assert.ok(steps[0]?.type === 'post');
    assert.match(steps[0].body, /Hand-off to Network\n\n\*\*Reason:\*\* needs \$1 access/);
    assert.match(steps[0].body, /Rebooted/);
    assert.doesNotMatch(steps[0].body, /Hypothesis/);
  });

  it('names what a hand-off lacks', () => {
    assert.match(
      problem('hand-off', formatDraft({ team: 'Network' }, formatHandOff(emptyHandOff()))).message,
      /empty/,
    );
    assert.match(problem('hand-off', formatDraft({}, 'See log')).message, /whom/);
    assert.match(problem('hand-off', formatDraft({ tier: '9' }, 'See log')).message, /tier/);
  });

  it('holds back a hand-off without what its team requires, and shows where it is to be written', () => {
    const text = formatDraft(
      { team: 'Network' },
      formatHandOff({ sections: { ...emptyHandOff().sections, tried: 'Rebooted' } }),
    );
    const requiredBy = (team: string) => (team === 'Network' ? (['tried', 'environment'] as const) : []);
    const refused = planDraft(draft('hand-off', text), { ticket, requiredBy });
    assert.ok(!refused.ok);
    assert.match(refused.problem.message, /Network wants .*: Environment\./);
    assert.equal(text.split('\n')[refused.problem.line - 2], '### Environment');
    const elsewhere = text.replace('team: Network', 'team: Applications');
    assert.ok(planDraft(draft('hand-off', elsewhere), { ticket, requiredBy }).ok);
  });

  it('returns a ticket with a checklist, and not without saying what is missing', () => {
    const fields = { team: 'Service Desk', assignee: 'Alice <alice>' };
    const back = (missing: string[]) =>
      formatDraft(fields, formatHandBack({ to: 'Service Desk', done: false, missing, text: '' }));
    assert.match(problem('hand-off', back([])).message, /missing/);
    const { steps } = plan('hand-off', back(['the error message']));
    assert.ok(steps[0]?.type === 'post');
    assert.equal(steps[0].visibility, 'internal');
    assert.match(steps[0].body, /- \[ \] the error message/);
    assert.ok(steps[1]?.type === 'update');
    assert.equal(steps[1].fields.assignee, 'alice');
  });

  it('holds back what is no hand-off at all from a team that requires one', () => {
    const requiredBy = () => ['tried'] as const;
    const refused = planDraft(draft('hand-off', formatDraft({ team: 'Network' }, 'Please check.')), {
      ticket,
      requiredBy,
    });
    assert.ok(!refused.ok && /Network wants/.test(refused.problem.message));
    const dashes = formatHandOff({ sections: { ...emptyHandOff().sections, tried: '-', situation: 'x' } });
    assert.ok(
      !planDraft(draft('hand-off', formatDraft({ team: 'Network' }, dashes)), { ticket, requiredBy }).ok,
    );
  });

  it('adds tags and the service level, and tells the requester last and in public', () => {
    const fields = {
      team: 'Network',
      tags: 'vpn, urgent',
      sla: 'due 12:00',
      message: 'A colleague looks at it.',
    };
    const planned = plan('hand-off', formatDraft(fields, 'Please see.'), {
      ticket: { ...ticket, tags: ['vpn'] },
    });
    assert.ok(isPublic(planned));
    const [note, update, told] = planned.steps;
    assert.ok(note?.type === 'post' && note.visibility === 'internal');
    assert.match(note.body, /^\*\*Service level:\*\* due 12:00\n\nPlease see\.$/);
    assert.ok(update?.type === 'update');
    assert.deepEqual(update.fields.tags, ['vpn', 'urgent']);
    assert.deepEqual(told, { type: 'post', kind: 'reply', visibility: 'public', body: fields.message });
  });

  it('refuses what the account can’t do before anything is sent', () => {
    const capabilities = {
      internalNote: true,
      setTeam: false,
      setTags: false,
      publicReply: false,
      watchers: ['copy'] as const,
    };
    for (const field of ['team', 'tags', 'message', 'watchers']) {
      const text = formatDraft({ assignee: 'bob', [field]: 'x' }, 'See.');
      const refused = planDraft(draft('hand-off', text), { ticket, capabilities });
      assert.ok(!refused.ok);
      assert.match(refused.problem.message, new RegExp(field));
    }
  });

  it('refuses what is for colleagues only where nothing can be kept from others', () => {
    const capabilities = { internalNote: false, setTeam: true, setTags: true, publicReply: true };
    const resolved = { ticket, capabilities };
    const resolution = (visibility: string) => formatDraft({ status: 'Resolved', visibility }, 'Reset.');
    const refused = (kind: DraftKind, text: string) => {
      const planned = planDraft(draft(kind, text), resolved);
      assert.ok(!planned.ok);
      assert.match(planned.problem.message, /no note internal/);
      return planned.problem.line;
    };
    assert.equal(refused('note', 'Among us.'), 1);
    assert.equal(refused('hand-off', formatDraft({ team: 'Network' }, 'See.')), 1);
    assert.equal(refused('resolution', resolution('internal')), 3);
    assert.ok(planDraft(draft('resolution', resolution('public')), resolved).ok);
    assert.ok(planDraft(draft('reply', 'Hello Carol'), resolved).ok);
  });

  it('begins with who is kept informed, each once, and without those who are already', () => {
    const watched = { ...ticket, watchers: [{ id: 'lead', name: 'Lena Lead', role: 'watcher' as const }] };
    const watchers = 'Bob Tier2 <bob>, lead,eve@example.org, <bob>';
    const { steps } = plan('hand-off', formatDraft({ team: 'Network', watchers }, 'See.'), {
      ticket: watched,
    });
    assert.deepEqual(
      steps.flatMap((step) => (step.type === 'watch' ? [[step.change, step.watcher]] : [])),
      [
        ['add', { id: 'bob', name: 'Bob Tier2', role: 'watcher' }],
        ['add', { id: 'eve@example.org', name: 'eve@example.org', role: 'watcher' }],
      ],
    );
    assert.deepEqual(
      steps.map(({ type }) => type),
      ['watch', 'watch', 'post', 'update'],
    );
  });

  it('tells a manager, or calls several teams, and leaves the ticket where it is', () => {
    for (const fields of [{ manager: 'Lena Lead' }, { swarm: 'Network, Applications' }]) {
      const { steps } = plan('hand-off', formatDraft(fields, 'Please decide.'));
      assert.deepEqual(
        steps.map(({ type }) => type),
        ['post'],
      );
    }
  });

  it('hands a ticket back only with what was done', () => {
    const text = (said: string) =>
      formatDraft(
        { team: 'Service Desk' },
        formatHandBack({ to: 'Service Desk', done: true, missing: [], text: said }),
      );
    assert.match(
      problem('hand-off', text('### What was found\n\n### What was done')).message,
      /found and done/,
    );
    const { steps } = plan('hand-off', text('### What was done\n\nReplaced the cable.'));
    assert.equal(steps.length, 2);
  });

  it('creates a ticket from its fields', () => {
    const { steps } = plan(
      'new-ticket',
      formatDraft({ subject: 'Printer: jam', channel: 'walk-in', tags: 'a, b' }, 'Jammed'),
    );
    assert.deepEqual(steps, [
      {
        type: 'create',
        ticket: {
          subject: 'Printer: jam',
          description: 'Jammed',
          kind: 'incident',
          channel: 'walk-in',
          tags: ['a', 'b'],
        },
      },
    ]);
    assert.match(problem('new-ticket', formatDraft({ subject: '' }, 'x')).message, /subject/);
    assert.match(
      problem('new-ticket', formatDraft({ subject: 's', channel: 'fax' }, 'x')).message,
      /channel/,
    );
  });
});
