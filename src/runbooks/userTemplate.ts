import { locateFrontMatter } from './frontMatter.ts';
import { scalar } from './frontMatterEdit.ts';
import { headingOf, runbookSections, type RunbookContent } from './runbookTemplate.ts';

/** What a template of the user's own may ask for: facts of the ticket, and the text of our sections. */
export const placeholders = [
  'id',
  'title',
  'owner',
  'symptoms',
  'tags',
  'tier',
  'tickets',
  'date',
  ...runbookSections.map(({ id }) => id),
] as const;
type Placeholder = (typeof placeholders)[number];

const written = /\{\{[ \t]*([\w-]*)[ \t]*\}\}/g;

export interface TemplateProblem {
  /** Counted from 1. */
  line: number;
  message: string;
}

/** What is wrong with a template: placeholders that mean nothing, and no `id` that links could hold on to. */
export function checkTemplate(text: string): TemplateProblem[] {
  const problems = [...text.matchAll(written)].flatMap(({ 0: whole, 1: name, index }): TemplateProblem[] =>
    isPlaceholder(name)
      ? []
      : [{ line: text.slice(0, index).split('\n').length, message: `${whole} is not known.` }],
  );
  const located = locateFrontMatter(text);
  const content = located === undefined ? '' : text.slice(located.content.start, located.content.end);
  if (!/^id:[ \t]*\S/m.test(content))
    problems.unshift({ line: 1, message: 'Its front matter has no "id: {{id}}".' });
  return problems;
}

/** The template with everything in it that a ticket knows. What a section has no text for is told in a comment. */
export function fillTemplate(template: string, content: RunbookContent, date: string): string {
  const end = locateFrontMatter(template)?.range.end ?? 0;
  return template.replace(written, (whole, name: string, place: number) => {
    if (!isPlaceholder(name)) return whole;
    return place < end ? asYaml(name, content, date) : asMarkdown(name, content, date);
  });
}

function isPlaceholder(name: string | undefined): name is Placeholder {
  return placeholders.some((known) => known === name);
}

/** Lists stand in brackets: `tags: [{{tags}}]`. */
function asYaml(name: Placeholder, content: RunbookContent, date: string): string {
  const value = valueOf(name, content, date);
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(item)).join(', ');
  return value === '' ? '' : name === 'title' ? JSON.stringify(value) : scalar(value);
}

function asMarkdown(name: Placeholder, content: RunbookContent, date: string): string {
  const value = valueOf(name, content, date);
  const hint = runbookSections.find(({ id }) => id === name)?.hint;
  if (Array.isArray(value)) return value.map(headingOf).join(', ');
  if (hint !== undefined) return value.trim() || `<!-- ${hint} -->`;
  return name === 'title' ? headingOf(value) : value;
}

function valueOf(name: Placeholder, content: RunbookContent, date: string): string | string[] {
  const { id, title, owner = '', symptoms, tags, tier, tickets, sections } = content;
  const facts = { id, title, owner, symptoms: [...symptoms], tags: [...tags], tickets: [...tickets], date };
  if (name in facts) return facts[name as keyof typeof facts];
  if (name === 'tier') return tier === undefined ? '' : String(tier);
  return sections[name as keyof typeof sections] ?? '';
}
