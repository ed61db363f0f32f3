import type { Field, FrontMatter, FrontMatterProblem } from './frontMatter.ts';

export const runbookTypes = ['runbook', 'how-to', 'known-error', 'manual'] as const;
export const confidences = ['wip', 'not-validated', 'validated', 'archived'] as const;

export interface FieldRule {
  kind: 'text' | 'list' | 'date' | 'choice';
  choices?: readonly string[];
}

/** The front matter of a runbook: what each field may hold. Other fields may hold anything. */
export const fieldRules = {
  id: { kind: 'text' },
  title: { kind: 'text' },
  type: { kind: 'choice', choices: runbookTypes },
  confidence: { kind: 'choice', choices: confidences },
  audience: { kind: 'choice', choices: ['internal', 'customer'] },
  owner: { kind: 'text' },
  services: { kind: 'list' },
  environment: { kind: 'list' },
  symptoms: { kind: 'list' },
  tags: { kind: 'list' },
  tier: { kind: 'choice', choices: ['1', '2', '3'] },
  tickets: { kind: 'list' },
  tested_at: { kind: 'date' },
  tested_with: { kind: 'text' },
  review_cycle: { kind: 'text' },
  stale_after: { kind: 'date' },
  supersedes: { kind: 'list' },
} as const satisfies Record<string, FieldRule>;

/** What each field is for, in a few words. */
export const fieldHints: Record<keyof typeof fieldRules, string> = {
  id: 'names the document for ever; links survive when the file moves',
  title: 'what it is called',
  type: 'runbook, how-to, known-error or manual',
  confidence: 'how sure it is: wip, not-validated, validated or archived',
  audience: 'who may read it: internal or customer',
  owner: 'who keeps it true',
  services: 'what it is about, as tickets name it',
  environment: 'where it applies: systems, versions, places',
  symptoms: 'what people see and say',
  tags: 'words to find it by',
  tier: 'the support level that can follow it: 1, 2 or 3',
  tickets: 'what it was written from or used for',
  tested_at: 'the day it was last followed, and worked',
  tested_with: 'the versions it was tested with',
  review_cycle: 'how long a test holds: 90 days, 6 months, yearly',
  stale_after: 'the last day it can be relied on',
  supersedes: 'ids of older documents it takes the place of',
};

/** Fields that only a document of Deskside has: a file with one of them is a runbook wherever it lies. */
const ours = ['confidence', 'symptoms', 'tickets', 'tested_at', 'tested_with', 'review_cycle', 'stale_after'];

/** Does its front matter make a Markdown file a runbook? */
export function isRunbook(frontMatter: FrontMatter | undefined): boolean {
  const type = frontMatter?.fields.get('type')?.values[0];
  return hasOurFields(frontMatter) || runbookTypes.some((known) => known === type);
}

function hasOurFields(frontMatter: FrontMatter | undefined): boolean {
  return ours.some((name) => frontMatter?.fields.has(name) === true);
}

/**
 * Values that a runbook's fields can't hold. Says nothing of front matter that could not be read as a whole; and of a
 * `type`, and where no field is ours alone of any field, only what looks mistyped: site generators have them too.
 */
export function checkFields(frontMatter: FrontMatter): FrontMatterProblem[] {
  if (frontMatter.problems.length > 0) return [];
  const rules = new Map<string, FieldRule>(Object.entries(fieldRules));
  const isOurs = isRunbook(frontMatter);
  const problems: FrontMatterProblem[] = [];
  for (const [name, field] of frontMatter.fields) {
    const rule = rules.get(name);
    const mayBeAnothers = !isOurs || name === 'type';
    if (rule === undefined || (mayBeAnothers && !isLikeOurs(field, rule))) continue;
    problems.push(...checkField(name, field, rule));
  }
  return problems;
}

/** A choice that is nearly one of ours: `runbok`, not `learn`. */
function isLikeOurs({ values: [value = ''] }: Field, { choices = [] }: FieldRule): boolean {
  const beginning = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .slice(0, 3);
  return choices.some((choice) => beginning(choice) === beginning(value));
}

function checkField(name: string, field: Field, rule: FieldRule): FrontMatterProblem[] {
  const { range } = field;
  const value = field.values[0];
  if (field.kind === 'map')
    return [{ code: 'wrong-type', message: `"${name}" can't have fields of its own.`, range }];
  if (field.kind === 'list' && rule.kind !== 'list') {
    return [{ code: 'wrong-type', message: `"${name}" takes one value, not a list.`, range }];
  }
  if (value !== undefined && rule.choices !== undefined && !rule.choices.includes(value)) {
    return [{ code: 'unknown-value', message: `"${name}" is one of ${rule.choices.join(', ')}.`, range }];
  }
  if (value !== undefined && rule.kind === 'date' && !isDate(value)) {
    return [{ code: 'bad-date', message: `"${name}" is a day, written like 2026-03-31.`, range }];
  }
  return field.nested.map((nested) => ({
    code: 'wrong-type',
    message: 'This is read as a field, not as text: put it in quotes.',
    range: nested,
  }));
}

/** A day that exists: `2026-02-30` does not. */
export function isDate(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  if (day === undefined || Number.isNaN(Date.parse(text))) return false;
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
