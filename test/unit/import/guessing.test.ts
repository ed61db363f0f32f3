import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { guessOrder, parseDate, type DateOrder } from '../../../src/backends/local/import/dates.ts';
import { guessFields } from '../../../src/backends/local/import/fields.ts';
import {
  examples,
  guessMapping,
  headerSignature,
  readMapping,
  withField,
} from '../../../src/backends/local/import/importer.ts';
import {
  channelOf,
  priorityRank,
  rankFrom,
  statusCategory,
  ticketKind,
  tierOf,
} from '../../../src/backends/local/import/words.ts';
import { open, read } from './helpers.ts';

function guessed(header: string): Record<string, string> {
  const columns = header.split(',');
  const fields = guessFields(columns);
  return Object.fromEntries(columns.map((column, index) => [column, fields[index]!]));
}

describe('import: what columns mean', () => {
  it('knows the names of ServiceNow, Jira, Zendesk, Redmine and plain exports', () => {
    assert.deepEqual(
      guessed(
        'number,short_description,caller_id,assignment_group,assigned_to,state,sys_updated_on,u_symptom,cmdb_ci',
      ),
      {
        number: 'key',
        short_description: 'subject',
        caller_id: 'requester',
        assignment_group: 'team',
        assigned_to: 'assignee',
        state: 'status',
        sys_updated_on: 'updatedAt',
        u_symptom: 'symptom',
        cmdb_ci: 'asset',
      },
    );
    assert.deepEqual(
      guessed('Issue key,Issue Type,Summary,Reporter,Assignee,Labels,Labels (2),Comment,Comment (2),Created'),
      {
        'Issue key': 'key',
        'Issue Type': 'kind',
        Summary: 'subject',
        Reporter: 'requester',
        Assignee: 'assignee',
        Labels: 'tags',
        'Labels (2)': 'tags',
        Comment: 'comment',
        'Comment (2)': 'comment',
        Created: 'createdAt',
      },
    );
    assert.deepEqual(guessed('Id,Subject,Requester,Requester email,Group,Via,Solved at'), {
      Id: 'key',
      Subject: 'subject',
      Requester: 'requester',
      'Requester email': 'requesterEmail',
      Group: 'team',
      Via: 'channel',
      'Solved at': 'resolvedAt',
    });
    assert.deepEqual(guessed('#,Tracker,Status,Author,Updated,Due date'), {
      '#': 'key',
      Tracker: 'kind',
      Status: 'status',
      Author: 'requester',
      Updated: 'updatedAt',
      'Due date': 'dueAt',
    });
    assert.deepEqual(guessed('fields.summary,fields.status.name,fields.assignee.displayName'), {
      'fields.summary': 'subject',
      'fields.status.name': 'status',
      'fields.assignee.displayName': 'assignee',
    });
  });

  it('forgives a slip of the pen, and gives a field to the column that fits best', () => {
    assert.deepEqual(guessed('Ticket Numbr,Subjet,Descripton,Asignee,Favourite colour'), {
      'Ticket Numbr': 'key',
      Subjet: 'subject',
      Descripton: 'description',
      Asignee: 'assignee',
      'Favourite colour': 'custom',
    });
    assert.deepEqual(guessed('id,key,number'), { id: 'custom', key: 'custom', number: 'key' });
  });

  it('takes a field away from the column that had it, and guesses the dates of a new one', async () => {
    const table = await open('number,when,subject,title\nA-1,31/12/2023 10:00,x,y\n');
    const mapping = guessMapping(table, 'utc');
    assert.deepEqual(mapping.fields, ['key', 'custom', 'subject', 'custom']);
    const changed = withField(table, withField(table, mapping, 3, 'subject'), 1, 'createdAt');
    assert.deepEqual(changed.fields, ['key', 'createdAt', 'custom', 'subject']);
    assert.deepEqual(changed.orders, [null, 'day-month-year', null, null]);
    assert.deepEqual(examples(table, 1), ['31/12/2023 10:00']);
  });

  it('remembers a mapping for the same columns only', async () => {
    const table = await open('number,subject\nA-1,x\n');
    const other = await open('number;title\nA-1;x\n');
    const mapping = guessMapping(table, 'Europe/Berlin');
    const stored: unknown = JSON.parse(JSON.stringify(mapping));
    assert.deepEqual(readMapping(stored, table), mapping);
    assert.equal(headerSignature(table), headerSignature(await open('number,subject\nB-2,y\n')));
    assert.notEqual(headerSignature(table), headerSignature(other));
    assert.equal(readMapping(stored, await open('a,b,c\n1,2,3\n')), undefined);
    assert.equal(readMapping({ fields: ['nonsense', 'key'] }, table), undefined);
    assert.equal(readMapping(undefined, table), undefined);
  });
});

describe('import: dates', () => {
  it('reads every order, in the zone of the file unless the text names one', () => {
    const cases: [string, DateOrder, string][] = [
      ['29-02-2016 01:16', 'day-month-year', '2016-02-29T01:16Z'],
      ['02/29/2016 1:16 PM', 'month-day-year', '2016-02-29T13:16Z'],
      ['12:30', 'month-day-year', ''],
      ['2020-01-02 17:14:21+00:00', 'year-month-day', '2020-01-02T17:14:21Z'],
      ['2020-01-02T17:14:21.123+05:30', 'year-month-day', '2020-01-02T11:44:21Z'],
      ['20/Mar/24 10:15 AM', 'month-day-year', '2024-03-20T10:15Z'],
      ['Mar 5, 2024 12:05 am', 'day-month-year', '2024-03-05T00:05Z'],
      ['31.12.2023', 'day-month-year', '2023-12-31T00:00Z'],
      ['1456708560', 'epoch', '2016-02-29T01:16Z'],
      ['1456708560000', 'epoch', '2016-02-29T01:16Z'],
    ];
    for (const [text, order, expected] of cases) {
      assert.equal(parseDate(text, order, 'utc'), expected === '' ? undefined : Date.parse(expected), text);
    }
    assert.equal(parseDate('01-07-2024 12:00', 'day-month-year', 'Europe/Berlin'), Date.UTC(2024, 6, 1, 10));
  });

  it('does not make up days that do not exist', () => {
    for (const text of [
      '31-02-2024',
      '29-02-2023',
      '00-01-2024',
      '12-13-2024',
      '01-01-2024 25:00',
      '01-01-0001',
      'soon',
      '',
    ]) {
      assert.equal(parseDate(text, 'day-month-year', 'utc'), undefined, text);
    }
  });

  it('reads back what it is given (property)', () => {
    const moments = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2090-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, (date) => {
        const [year, month, day, hour, minute] = date.toISOString().split(/[-T:.]/) as [
          string,
          string,
          string,
          string,
          string,
        ];
        const expected = Math.floor(date.getTime() / 60_000) * 60_000;
        const time = `${hour}:${minute}`;
        assert.equal(parseDate(`${day}.${month}.${year} ${time}`, 'day-month-year', 'utc'), expected);
        assert.equal(parseDate(`${month}/${day}/${year} ${time}`, 'month-day-year', 'utc'), expected);
        assert.equal(parseDate(`${year}-${month}-${day} ${time}`, 'year-month-day', 'utc'), expected);
      }),
    );
  });

  it('guesses the order: from a day above 12, from the other columns, then from the separator', async () => {
    assert.equal(guessOrder(['01/02/2024', '03/25/2024']), 'month-day-year');
    assert.equal(guessOrder(['01/02/2024', '25/03/2024']), 'day-month-year');
    assert.equal(guessOrder(['01/02/2024']), 'month-day-year');
    assert.equal(guessOrder(['01/02/2024'], 'day-month-year'), 'day-month-year');
    assert.equal(guessOrder(['01.02.2024']), 'day-month-year');
    assert.equal(guessOrder(['1456708560']), 'epoch');
    const { mapping } = await read('number,subject,created,closed\nA-1,x,01/02/2024,15/02/2024\n');
    assert.deepEqual(mapping.orders.slice(2), ['day-month-year', 'day-month-year']);
  });

  it('leaves out a row with an impossible date, and says which', async () => {
    const { report, tickets } = await read(
      'number,subject,created\nA-1,x,30-01-2024\nA-2,y,31-02-2024 10:00\nA-3,z,\n',
    );
    assert.equal(tickets.length, 2);
    assert.deepEqual(report.leftOut, [
      {
        line: 3,
        reason: '"31-02-2024 10:00" in the column "created" is not a date (read as day-month-year).',
      },
    ]);
  });
});

describe('import: words', () => {
  it('puts statuses into categories', () => {
    const expected = {
      new: ['New', 'To Do', 'Unconfirmed', '1'],
      open: ['Active', 'In Progress', 'Reopened', 'Assigned', 'Not resolved', '2'],
      pending: ['Awaiting User Info', 'On Hold', 'Waiting for customer', 'Pending', 'Stalled', '3'],
      resolved: ['Resolved', 'Solved', 'FIXED', 'Done', '6'],
      closed: ['Closed', 'Cancelled', "Won't Fix", 'Duplicate', 'Rejected', '7'],
    };
    for (const [category, names] of Object.entries(expected)) {
      for (const name of names) assert.equal(statusCategory(name), category, name);
    }
    assert.equal(statusCategory('Purple'), undefined);
  });

  it('ranks priorities by their number, then by their word, then by impact and urgency', () => {
    const expected: Record<string, number> = {
      '1 - Critical': 1,
      '2 - High': 2,
      '3 - Moderate': 3,
      '4 - Low': 4,
      '5 - Planning': 4,
      P2: 2,
      'Sev 1': 1,
      Urgent: 1,
      Blocker: 1,
      Major: 2,
      Normal: 3,
      Trivial: 4,
    };
    for (const [name, rank] of Object.entries(expected)) assert.equal(priorityRank(name), rank, name);
    assert.equal(rankFrom('1 - High', '1 - High'), 1);
    assert.equal(rankFrom('2 - Medium', '2 - Medium'), 3);
    assert.equal(rankFrom('3 - Low', '3 - Low'), 4);
    assert.equal(rankFrom('?', '1'), undefined);
  });

  it('knows channels, kinds and tiers by other names', () => {
    assert.equal(channelOf('Email'), 'e-mail');
    assert.equal(channelOf('Self-service'), 'portal');
    assert.equal(channelOf('Phone call'), 'phone');
    assert.equal(channelOf('carrier pigeon'), 'other');
    assert.equal(ticketKind('Service Request'), 'request');
    assert.equal(ticketKind('Bug'), 'incident');
    assert.equal(tierOf('L2'), 2);
    assert.equal(tierOf('2nd line'), 2);
    assert.equal(tierOf('none'), undefined);
  });

  it('keeps an unknown status, counts it as open and says so', async () => {
    const { report, byKey } = await read('number,subject,status\nA-1,x,Purple\nA-2,y,Purple\n');
    assert.deepEqual(byKey('A-1').ticket.status, { name: 'Purple', category: 'open' });
    assert.deepEqual([...report.unknownStatuses], [['Purple', 2]]);
  });
});
