import type { Tier } from './ticket.ts';
import { normaliseLines, oneLine, unquote } from './plainText.ts';

/** What the next tier needs to know, in the order it asks. */
export const handOffSections = [
  { id: 'situation', heading: 'What is happening' },
  { id: 'environment', heading: 'Environment' },
  { id: 'tried', heading: 'What was tried and what came of it' },
  { id: 'hypothesis', heading: 'Hypothesis' },
  { id: 'impact', heading: 'Customer context and impact' },
  { id: 'verifyFirst', heading: 'Verify first' },
  { id: 'references', heading: 'Runbooks, tickets and files' },
] as const;
export type HandOffSection = (typeof handOffSections)[number]['id'];

/** The structured note that goes with an escalation. Markdown in each section; empty where nothing is known. */
export interface HandOff {
  /** Team or tier it goes to, for people. */
  to?: string;
  sections: Record<HandOffSection, string>;
}

const title = 'Hand-off';
const longestHeading = 200;

export function emptyHandOff(to?: string): HandOff {
  return {
    ...(to !== undefined && { to }),
    sections: {
      situation: '',
      environment: '',
      tried: '',
      hypothesis: '',
      impact: '',
      verifyFirst: '',
      references: '',
    },
  };
}

/** The ticket stays with its team: a manager is told and decides, or several teams work on it together. */
export type Staying = 'manager' | 'swarm';

/** How a hand-off names whom it goes to: `Network (tier 2)`, `Lena Lead (manager)`, `Network, Databases (swarm)`. */
export function recipientText(name: string, how: Tier | Staying | undefined): string {
  if (how === undefined) return name;
  return typeof how === 'number' ? `${name} (tier ${how})` : `${name} (${how})`;
}

/** The inverse of {@link recipientText}; the tier is told by the ticket itself. */
export function recipientIn(text: string): { name: string; stays?: Staying } {
  const [, name = '', how] = /^(.*?)(?: \((tier \d|manager|swarm)\))?$/.exec(text) ?? [];
  return how === 'manager' || how === 'swarm' ? { name, stays: how } : { name };
}

/** The sections, of those named, that say nothing: not a letter, not a number. */
export function sectionsLacking(
  { sections }: HandOff,
  among: readonly HandOffSection[] = handOffSections.map(({ id }) => id),
): (typeof handOffSections)[number][] {
  return handOffSections.filter(({ id }) => among.includes(id) && !/[\p{L}\p{N}]/u.test(sections[id]));
}

/** The note as it is written, with every heading, so that an empty one is seen to be empty. */
export function formatHandOff(handOff: HandOff): string {
  const to = handOff.to === undefined ? '' : oneLine(handOff.to);
  const parts = [`## ${title}${to === '' ? '' : ` to ${to}`}`];
  for (const { id, heading } of handOffSections) {
    const text = handOff.sections[id].trim();
    parts.push(text === '' ? `### ${heading}` : `### ${heading}\n\n${text}`);
  }
  return parts.join('\n\n') + '\n';
}

/**
 * Is this a hand-off note, whoever wrote it? It begins with a line that says so, or has at least two of its headings.
 */
export function isHandOff(text: string): boolean {
  const lines = readable(text);
  const first = lines.find((line) => line.trim() !== '');
  if (first !== undefined && titleOf(first) !== undefined) return true;
  return new Set(lines.map(sectionOf).filter((id) => id !== undefined)).size >= 2;
}

/** The sections of a hand-off note; `undefined` for any other text. */
export function parseHandOff(text: string): HandOff | undefined {
  if (!isHandOff(text)) return undefined;
  const handOff = emptyHandOff();
  let current: HandOffSection | undefined;
  const collected = new Map<HandOffSection, string[]>(handOffSections.map(({ id }) => [id, []]));
  for (const line of readable(text)) {
    const section = sectionOf(line);
    if (section !== undefined) current = section;
    else if (current !== undefined) collected.get(current)?.push(line);
    else handOff.to ??= titleOf(line)?.to;
  }
  for (const [id, lines] of collected) handOff.sections[id] = lines.join('\n').trim();
  return handOff;
}

function readable(text: string): string[] {
  return unquote(normaliseLines(text)).split('\n');
}

/** A heading in Markdown, or what is left of one when HTML was made of it and text again. */
function headingText(line: string): string {
  return line.length > longestHeading ? '' : line.replace(/^[\s#*_]+|[\s#*_:]+$/g, '');
}

function titleOf(line: string): { to?: string } | undefined {
  const [found, to] = /^Hand-?off(?: to (.+))?$/i.exec(headingText(line)) ?? [];
  if (found === undefined) return undefined;
  return to === undefined ? {} : { to };
}

function sectionOf(line: string): HandOffSection | undefined {
  const text = headingText(line).toLowerCase();
  return handOffSections.find(({ heading }) => heading.toLowerCase() === text)?.id;
}
