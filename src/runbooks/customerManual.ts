import { scalar } from './frontMatterEdit.ts';
import { describeOutline } from './document.ts';
import { outline } from './markdown.ts';
import { closingFence, fence } from './markdownCode.ts';
import { findRedactions, type Redaction } from './redaction.ts';
import { freeId } from './runbookFromTicket.ts';
import { headingOf, type RunbookSection, runbookSections } from './runbookTemplate.ts';
import { findSection, sectionsOf } from './sections.ts';
import { nameOf } from './slug.ts';

/** What a customer is told, in this order, with headings in their words; the rest stays inside. */
const told: readonly { from: RunbookSection; heading: string; hint: string }[] = [
  { from: 'issue', heading: 'When this helps', hint: 'What the reader sees, in their own words.' },
  { from: 'prerequisites', heading: 'What you need', hint: 'What to have at hand before you begin.' },
  { from: 'steps', heading: 'What to do', hint: 'One step a number, each with what should be seen.' },
  { from: 'verify', heading: 'How to tell that it works', hint: 'What the reader sees when all is well.' },
];

export interface WrittenManual {
  fileName: string;
  text: string;
  redactions: Redaction[];
}

/**
 * A manual for customers made of an internal runbook: what they see, need and can do themselves. Causes, history,
 * escalation, ticket keys and blocks of commands stay inside; names, addresses and hosts are for the writer to decide.
 */
export function customerManual(
  runbook: string,
  path: string,
  { withoutKeys, takenIds }: { withoutKeys: (text: string) => string; takenIds: ReadonlySet<string> },
): WrittenManual {
  const made = outline(runbook);
  const { title } = describeOutline(made, path);
  const sections = sectionsOf(made);
  const name = `${nameOf(title)}-manual`;
  const lines = [
    '---',
    `id: ${scalar(freeId(name, takenIds))}`,
    `title: ${JSON.stringify(title)}`,
    'type: manual',
    'confidence: wip',
    'audience: customer',
    '---',
    '',
    `# ${headingOf(title)}`,
  ];
  for (const { from, heading, hint } of told) {
    const known = runbookSections.find(({ id }) => id === from);
    const section = known && findSection(sections, known.heading);
    const body = section === undefined ? '' : runbook.slice(section.body.start, section.body.end);
    lines.push('', `## ${heading}`, '', forCustomers(withoutKeys(body)) || `<!-- ${hint} -->`);
  }
  lines.push('', '## If it does not help', '', '<!-- Whom to ask, and what to tell them. -->');
  const text = lines.join('\n') + '\n';
  return { fileName: `${name}.md`, text, redactions: findRedactions(text) };
}

function forCustomers(body: string): string {
  return withoutCode(body)
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/^> ?/gm, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Without its blocks of commands, also those behind the mark of a list or quote, and one that is never closed. */
function withoutCode(body: string): string {
  let open: string | undefined;
  const prose = body.split(/\r?\n/).filter((line) => {
    if (open !== undefined) {
      if (closingFence.exec(line)?.[1]?.startsWith(open) === true) open = undefined;
      return false;
    }
    const [, mark, info = ''] = fence.exec(line) ?? [];
    if (mark !== undefined && !(mark.startsWith('`') && info.includes('`'))) open = mark;
    return open === undefined;
  });
  return prose.join('\n');
}
