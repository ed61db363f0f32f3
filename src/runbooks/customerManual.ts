import { scalar } from './frontMatterEdit.ts';
import { describeOutline } from './document.ts';
import { outline } from './markdown.ts';
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
  const title = withoutKeys(describeOutline(made, path).title).trim();
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

/** Without its blocks of commands, however they are set off, and one that is never closed. */
function withoutCode(body: string): string {
  const text = `${body.replaceAll('\r\n', '\n')}\n`;
  const { masks } = outline(text).blocks;
  let prose = '';
  let from = 0;
  for (let at = 0; at < masks.length; at += 2) {
    const [start = 0, end = 0] = [masks[at], masks[at + 1]];
    const isBlock = text[end - 1] === '\n' && (start === 0 || text[start - 1] === '\n');
    if (!isBlock) continue;
    prose += text.slice(from, start);
    from = end;
  }
  return prose + text.slice(from);
}
