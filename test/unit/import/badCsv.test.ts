import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import iconv from 'iconv-lite';
import { mappingProblem } from '../../../src/backends/local/import/importer.ts';
import { keys, open, read, refusal } from './helpers.ts';

describe('import: a CSV that is not as it should be', () => {
  it('leaves out a record whose quote is never closed, and goes on with the next line', async () => {
    const result = await read(
      'key,subject,description\nA-1,one,fine\nA-2,"two,broken here\nA-3,three,fine\nA-4,four,"fine, too"\n',
    );
    assert.deepEqual(keys(result), ['A-1', 'A-3', 'A-4']);
    assert.deepEqual(
      result.report.leftOut.map(({ line }) => line),
      [3],
    );
    assert.match(result.report.leftOut[0]!.reason, /quot/);
  });

  it('leaves out the record with the stray quote when a later quoted field closes it', async () => {
    const result = await read(
      'key,subject,description\nA-1,one,fine\nA-2,"two,x\nA-3,three,"quoted"\nA-4,four,fine\n',
    );
    assert.deepEqual(keys(result), ['A-1', 'A-3', 'A-4']);
    assert.equal(result.report.leftOutCount, 1);
    assert.equal(result.report.leftOut[0]!.line, 3);
  });

  it('says where text follows a closing quote', async () => {
    const result = await read('key,subject\nA-1,one\nA-2,"two"x\nA-3,three\n');
    assert.deepEqual(keys(result), ['A-1', 'A-3']);
    assert.deepEqual(result.report.leftOut, [
      { line: 3, reason: 'The quoting is broken: text follows a closing quote.' },
    ]);
  });

  it('takes an inch mark inside a field for what it is', async () => {
    const result = await read('key,subject\nA-1,A 24" monitor flickers\nA-2,"Says ""no signal"""\n');
    assert.deepEqual(
      result.tickets.map(({ ticket }) => ticket.subject),
      ['A 24" monitor flickers', 'Says "no signal"'],
    );
  });

  it('keeps lines within a quoted field, and counts lines rightly after it', async () => {
    const result = await read(
      'key,subject,description\r\nA-1,one,"first\r\nsecond\r\n\r\nlast"\r\nA-2,two\r\n',
    );
    assert.equal(result.byKey('A-1').entries[0]!.body?.text, 'first\nsecond\n\nlast');
    assert.deepEqual(result.report.leftOut, [
      { line: 6, reason: 'The row has 2 columns where the header has 3.' },
    ]);
  });

  it('gives the line and both counts for a wrong number of columns; empty ones at the end do not matter', async () => {
    const result = await read(
      'key,subject,team\nA-1,one,Desk\nA-2,two\nA-3,three,Desk,more\nA-4,four,Desk,,\n',
    );
    assert.deepEqual(keys(result), ['A-1', 'A-4']);
    assert.deepEqual(result.report.leftOut, [
      { line: 3, reason: 'The row has 2 columns where the header has 3.' },
      { line: 4, reason: 'The row has 4 columns where the header has 3.' },
    ]);
  });

  it('survives a file in which every line opens a quote', async () => {
    const result = await read(`key,subject\nA-1,one\n${'B,"broken x\n'.repeat(2001)}A-2,two\n`);
    assert.deepEqual(keys(result), ['A-1', 'A-2']);
    assert.equal(result.report.leftOutCount, 2001);
    assert.equal(result.report.leftOut.length, 1000);
  });

  it('finds the delimiter, declared or not', async () => {
    for (const [delimiter, text] of [
      [';', 'key;subject;description\nA-1;one, two, three, four;a\nA-2;five, six, seven;b\n'],
      ['\t', 'key\tsubject\tdescription\nA-1\tone, two\tx;y;z\n'],
      [',', 'key,subject,description\nA-1,"one; two; three; four",x\n'],
      ['|', 'sep=|\nkey|subject|description\nA-1|one|x\n'],
    ] as const) {
      const table = await open(text);
      assert.equal(table.delimiter, delimiter);
      assert.deepEqual(table.columns, ['key', 'subject', 'description']);
      assert.equal(table.sample[0]!.cells[0], 'A-1');
    }
  });

  it('makes columns of the same name distinct, and names those without one', async () => {
    const table = await open('key,Comment,,Comment\nA-1,a,b,c\n');
    assert.deepEqual(table.columns, ['key', 'Comment', 'Column 3', 'Comment (2)']);
  });

  it('refuses with one sentence what is no table of tickets', async () => {
    assert.match(await refusal(''), /tickets\.csv is empty/);
    assert.match(await refusal('\ufeff \n\n'), /is empty/);
    assert.match(await refusal('key,subject\n'), /a header but no rows/);
    assert.match(await refusal('Dear Sir or Madam\nmy printer is broken\n'), /only one column/);
    assert.match(await refusal(Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), 'tickets.xlsx'), /workbook/);
    assert.match(await refusal(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 0, 0, 0])), /binary file/);
    assert.match(await refusal(`key,subject\n${'x'.repeat(9_000_000)}`), /more than 8 million characters/);
  });

  it('says which column is missing', async () => {
    const about = await read('number,opened at\nINC1,2024-05-01\n');
    assert.match(mappingProblem(about.mapping) ?? '', /what a ticket is about/);
    const log = await read('subject,updated at\na,2024-05-01\n');
    assert.match(mappingProblem({ ...log.mapping, log: true }) ?? '', /ticket number/);
    assert.match(mappingProblem({ ...about.mapping, log: true }) ?? '', /time of the change/);
    assert.equal(mappingProblem(log.mapping), undefined);
  });
});

describe('import: encodings', () => {
  const csv = 'key;subject;requester\nA-1;Drucker in Köln druckt „nichts“;José Müller\n';
  const subject = 'Drucker in Köln druckt „nichts“';

  for (const [name, bytes] of Object.entries({
    'UTF-8': Buffer.from(csv),
    'UTF-8 with a byte-order mark': Buffer.from(`\ufeff${csv}`),
    'UTF-16 LE': iconv.encode(csv, 'utf-16le', { addBOM: true }),
    'UTF-16 BE': iconv.encode(csv, 'utf-16be', { addBOM: true }),
    'UTF-16 LE without a mark': iconv.encode(csv, 'utf-16le'),
    'Windows-1252': iconv.encode(csv, 'windows-1252'),
  })) {
    it(`reads ${name}`, async () => {
      const result = await read(bytes);
      const { ticket } = result.byKey('A-1');
      assert.equal(ticket.subject, subject);
      assert.equal(ticket.requester?.name, 'José Müller');
      assert.equal(result.table.columns[0], 'key');
    });
  }

  it('notices the first letter that is not UTF-8 far into the file', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `A-${index};plain;somebody`).join('\n');
    const text = `key;subject;requester\n${rows}\nZ-1;Übergabe läuft nicht;Jörg\n`;
    const result = await read(iconv.encode(text, 'windows-1252'));
    assert.equal(result.byKey('Z-1').ticket.subject, 'Übergabe läuft nicht');
  });

  it('does not break a letter that lies on the border of two pieces', async () => {
    const { source } = await import('./helpers.ts');
    for (const encoding of ['utf-8', 'utf-16le']) {
      const bytes = iconv.encode(csv, encoding, { addBOM: true });
      const result = await read(source(bytes, 'tickets.csv', 1));
      assert.equal(result.byKey('A-1').ticket.subject, subject);
    }
  });
});
