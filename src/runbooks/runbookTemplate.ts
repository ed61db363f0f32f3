import { scalar } from './frontMatterEdit.ts';

/** The sections of a runbook, in order, each with what belongs there. */
export const runbookSections = [
  { id: 'issue', heading: 'Issue', hint: 'What people see and say, in their own words.' },
  { id: 'environment', heading: 'Environment', hint: 'Where it happens: systems, versions, places.' },
  {
    id: 'prerequisites',
    heading: 'Prerequisites',
    hint: 'What you need first: rights, tools, a maintenance window.',
  },
  { id: 'steps', heading: 'Steps', hint: 'What to do, one step a number, each with what should be seen.' },
  { id: 'verify', heading: 'Verify', hint: 'How to know that it works again.' },
  { id: 'rollBack', heading: 'Roll back', hint: 'How to undo the steps if they make it worse.' },
  { id: 'escalate', heading: 'Escalate when', hint: 'When to stop, whom to tell, and what they will ask.' },
  { id: 'cause', heading: 'Cause', hint: 'Why it happened, if that is known.' },
  { id: 'history', heading: 'History', hint: 'What this was written from, and what was changed since.' },
] as const;
export type RunbookSection = (typeof runbookSections)[number]['id'];

export interface RunbookContent {
  id: string;
  title: string;
  owner?: string;
  symptoms: readonly string[];
  tags: readonly string[];
  tier?: number;
  tickets: readonly string[];
  sections: Partial<Record<RunbookSection, string>>;
}

/** A runbook as Markdown. A section without text shows what belongs there, in a comment. */
export function renderRunbook(content: RunbookContent): string {
  const { id, title, owner, symptoms, tags, tier, tickets, sections } = content;
  const lines = [
    '---',
    `id: ${scalar(id)}`,
    `title: ${JSON.stringify(title)}`,
    'type: runbook',
    'confidence: wip',
    'audience: internal',
    `owner:${owner === undefined ? '' : ` ${JSON.stringify(owner)}`}`,
    'services: []',
    `symptoms:${symptoms.length === 0 ? ' []' : symptoms.map((symptom) => `\n  - ${JSON.stringify(symptom)}`).join('')}`,
    `tags: [${tags.map(scalar).join(', ')}]`,
    `tier:${tier === undefined ? '' : ` ${tier}`}`,
    `tickets: [${tickets.map(scalar).join(', ')}]`,
    'tested_at:',
    'tested_with:',
    '---',
    '',
    `# ${headingOf(title)}`,
  ];
  for (const { id: section, heading, hint } of runbookSections) {
    lines.push('', `## ${heading}`, '', sections[section]?.trim() || `<!-- ${hint} -->`);
  }
  return lines.join('\n') + '\n';
}

/** A text as a heading that reads the same. */
export function headingOf(text: string): string {
  return text.replace(/[<[\]`*_\\]/g, '\\$&');
}
