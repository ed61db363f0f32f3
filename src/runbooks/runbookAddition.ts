import { addTicket } from './frontMatterEdit.ts';
import { outline } from './markdown.ts';
import { headingOf, runbookSections, type RunbookSection } from './runbookTemplate.ts';
import { findSection, sectionsOf } from './sections.ts';
import { applyChange } from './textChange.ts';

/** A piece of what a ticket knows, to be put into a runbook that is there already. */
export interface Addition {
  /** `own`: a section of its own, under its own heading. */
  section: RunbookSection | 'own';
  /** Of a section of its own. */
  heading?: string;
  text: string;
}

const numbered = /^(\d{1,3})[.)][ \t]/gm;

/** The text of a runbook with what a ticket adds to it: each piece at the end of its section, steps numbered on. */
export function addToRunbook(text: string, additions: readonly Addition[], ticketKey: string): string {
  const added = additions.reduce(addOne, text);
  const named = addTicket(added, ticketKey);
  return named === undefined ? added : applyChange(added, named);
}

function addOne(text: string, { section, heading, text: piece }: Addition): string {
  if (piece.trim() === '') return text;
  const sections = sectionsOf(outline(text));
  const known = runbookSections.find(({ id }) => id === section);
  const name = known?.heading ?? heading ?? '';
  const there = known === undefined ? undefined : findSection(sections, known.heading);
  if (there === undefined) return insertSection(text, section, name, piece);
  const { start, end } = there.body;
  const body = text.slice(start, end);
  const kept = known === undefined ? body : body.replace(`<!-- ${known.hint} -->`, '');
  const numbers = [...kept.matchAll(numbered)].map(([, number]) => Number(number));
  const first = numbers.at(-1) ?? 0;
  const shifted = section === 'steps' && first > 0 ? numberedFrom(piece, first + 1) : piece;
  const written = [kept.trim(), shifted.trim()]
    .filter((part) => part !== '')
    .join(section !== 'issue' && endsInList(kept) ? '\n' : '\n\n');
  const rest = text.slice(end);
  return `${text.slice(0, start)}\n${written}\n${rest === '' ? '' : '\n'}${rest}`;
}

/** A list goes on right below its last item; below a paragraph it would be read as a part of that. */
function endsInList(text: string): boolean {
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  return /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]|^[ \t]+\S/.test(last);
}

/** Before the first of the sections that come later; a section of its own before what is said of all: how to verify. */
function insertSection(text: string, section: Addition['section'], heading: string, piece: string): string {
  const sections = sectionsOf(outline(text));
  const at = runbookSections.findIndex(({ id }) => id === (section === 'own' ? 'steps' : section));
  const later = runbookSections
    .slice(at + 1)
    .flatMap((one) => findSection(sections, one.heading)?.heading.range.start ?? []);
  const place = later[0] ?? text.length;
  const before = text.slice(0, place).trimEnd();
  const rest = text.slice(place);
  return `${before}\n\n## ${headingOf(heading)}\n\n${piece.trim()}\n${rest === '' ? '' : `\n${rest}`}`;
}

function numberedFrom(piece: string, first: number): string {
  let number = first;
  return piece.replace(numbered, (written, old: string) => written.replace(old, String(number++)));
}
