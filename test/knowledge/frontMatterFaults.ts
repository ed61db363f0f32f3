import type { Fault, Seeding } from './seeding.ts';

const fenced = /^---\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m;

/** Writes fields at the end of a file's front matter, in the place of those that are there; says where they stand now. */
export function setFields(
  seeding: Seeding,
  file: string,
  fields: readonly [name: string, value: string][],
): { start: number; text: string } | undefined {
  const text = seeding.text(file);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const written = fields.map(([name, value]) => `${name}: ${value}${lineEnd}`).join('');
  const there = text.startsWith('---') ? fenced.exec(text) : null;
  if (there === null) {
    const { start } = seeding.replace(file, 0, 0, `---${lineEnd}${written}---${lineEnd}${lineEnd}`);
    return { start: start + 3 + lineEnd.length, text: written };
  }
  const [, content = ''] = there;
  if (fields.some(([name]) => new RegExp(`^${name}:`, 'm').test(content))) return undefined;
  const end = text.indexOf('\n') + 1 + content.length;
  return { start: seeding.replace(file, end, end, written).start, text: written };
}

/** Lines that no YAML is made of; the fault begins in one of the lines `at`. */
const broken: readonly { what: string; lines: readonly string[]; at: readonly number[] }[] = [
  { what: 'quotes that are not closed', lines: ['summary: "It does not', 'reviewer: Alice'], at: [0, 1] },
  { what: 'a list that is not closed', lines: ['keywords: [mail, print', 'reviewer: Alice'], at: [0, 1] },
  { what: 'a tab as indentation', lines: ['keywords:', '\t- mail'], at: [1] },
  { what: 'a field that is there twice', lines: ['reviewer: Alice', 'reviewer: Bob'], at: [1] },
  { what: 'a colon in a value', lines: ['summary: Fix: the printer'], at: [0] },
  { what: 'a value that begins with @', lines: ['reviewer: @helpdesk'], at: [0] },
  { what: 'a value that begins with %', lines: ['load: %50'], at: [0] },
  { what: 'an alias of nothing', lines: ['reviewer: *', 'load: 1'], at: [0, 1] },
  { what: 'a line that is too far in', lines: ['reviewer: Alice', '   load: 1'], at: [0, 1] },
  { what: 'a name without a value', lines: ['reviewer', 'load: 1'], at: [0, 1] },
  { what: 'a brace too many', lines: ['load: {a: 1}}'], at: [0] },
  { what: 'text behind quotes', lines: ['summary: "Mail" does not work'], at: [0] },
];

export function malformedFrontMatter(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const file = seeding.takeFrontMatter();
  if (file === undefined) return undefined;
  if (seeding.random() < 0.1) return unclosed(seeding, file);
  const { what, lines, at } = seeding.pick(broken) ?? broken[0]!;
  const text = seeding.text(file);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const place = setFields(seeding, file, [['edition', '1']]);
  if (place === undefined) return undefined;
  const end = place.start + place.text.length;
  seeding.replace(file, end, end, lines.map((line) => line + lineEnd).join(''));
  const startOf = (line: number) =>
    end + lines.slice(0, line).reduce((sum, one) => sum + one.length + lineEnd.length, 0);
  const [first = 0, last = first] = [at[0], at.at(-1)];
  return {
    what,
    expected: [
      {
        file,
        code: 'front-matter-malformed',
        start: startOf(first),
        end: startOf(last) + (lines[last]?.length ?? 0),
        fit: 'lines',
      },
    ],
  };
}

/** The second line of dashes is forgotten. */
function unclosed(seeding: Seeding, file: string): Omit<Fault, 'kind'> | undefined {
  const place = setFields(seeding, file, [['edition', '1']]);
  if (place === undefined) return undefined;
  const end = place.start + place.text.length;
  seeding.replace(file, end, end + seeding.text(file).slice(end).search(/\n|$/) + 1, '');
  return {
    what: 'front matter that is not closed',
    expected: [{ file, code: 'front-matter-malformed', start: 0, end, fit: 'lines' }],
  };
}
