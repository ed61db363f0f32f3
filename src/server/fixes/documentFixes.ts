import path from 'node:path';
import type { CodeAction } from 'vscode-languageserver/node';
import { localDay } from '../../desk/localDay.ts';
import { runbookSections } from '../../runbooks/runbookTemplate.ts';
import { fieldRules, type FieldRule } from '../../runbooks/fields.ts';
import { scalar, setField } from '../../runbooks/frontMatterEdit.ts';
import { findSection, sectionsOf } from '../../runbooks/sections.ts';
import type { TextChange } from '../../runbooks/textChange.ts';
import { testedToday } from '../codeLenses.ts';
import { commandFix, editFix, likest, underlined, type Broken } from './fix.ts';

const most = 3;

/** A value with signs that YAML reads otherwise is put in quotes. */
export function malformed(broken: Broken): CodeAction[] {
  const { document, diagnostic, outline } = broken;
  const { line } = diagnostic.range.start;
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const [, lead = '', value = ''] = /^(\s*(?:- |[\w-]+:[ \t]+))(.*?)\s*$/.exec(text) ?? [];
  const start = document.offsetAt({ line, character: lead.length });
  const fixes: CodeAction[] = [];
  if (value !== '' && !/^["'[{]/.test(value))
    fixes.push(
      editFix(broken, 'Put the value in quotes', [
        { start, end: start + value.length, text: JSON.stringify(value) },
      ]),
    );
  if (value.startsWith('[') && !value.includes(']'))
    fixes.push(
      editFix(broken, 'Close the list', [
        { start: start + value.length, end: start + value.length, text: ']' },
      ]),
    );
  const unclosed = /^["'].*[^"']$/.exec(value)?.[0];
  if (unclosed !== undefined)
    fixes.push(
      editFix(broken, 'Close the quotes', [
        { start: start + value.length, end: start + value.length, text: value[0] ?? '' },
      ]),
    );
  return outline.frontMatter === undefined ? [] : fixes;
}

/** The values that the field takes. */
export function wrongValue(broken: Broken): CodeAction[] {
  const { start, end, text } = underlined(broken);
  const field = [...(broken.outline.frontMatter?.fields ?? [])].find(
    ([, { range, nested }]) =>
      (range.start <= start && end <= range.end) ||
      nested.some((one) => one.start <= start && end <= one.end),
  )?.[0];
  const rule =
    field === undefined ? undefined : new Map<string, FieldRule>(Object.entries(fieldRules)).get(field);
  if (rule === undefined) return [];
  if (rule.kind === 'date') {
    const today = localDay(Date.now());
    return [editFix(broken, `Write today: ${today}`, [{ start, end, text: today }])];
  }
  if (rule.choices !== undefined) {
    const alike = likest(text, rule.choices, most);
    return (alike.length > 0 ? alike : rule.choices).map((choice) =>
      editFix(broken, `Write "${choice}"`, [{ start, end, text: choice }]),
    );
  }
  return [editFix(broken, 'Put it in quotes', [{ start, end, text: JSON.stringify(text) }])];
}

/** An id of its own for this document. */
export function duplicateId(broken: Broken): CodeAction[] {
  const { index, outline, path: file } = broken;
  const id = outline.frontMatter?.fields.get('id')?.values[0] ?? '';
  const name = path.basename(file).replace(/\.(?:md|markdown)$/i, '');
  const free = [name, ...Array.from({ length: 50 }, (_, at) => `${id}-${at + 2}`)].filter(
    (one) => one !== id && index.withId(one).length === 0,
  );
  return free.slice(0, 2).flatMap((one) => {
    const change = setField(outline.text, 'id', one);
    return change === undefined ? [] : editFix(broken, `Give this document the id "${one}"`, [change]);
  });
}

export function unknownId(broken: Broken): CodeAction[] {
  const { start, end, text } = underlined(broken);
  return likest(text, broken.index.ids(), most).map((id) =>
    editFix(broken, `Write "${id}"`, [{ start, end, text: scalar(id) }]),
  );
}

/** The sections with what belongs there, in their places among the others: all of them, or one. */
export function missingSection(broken: Broken): CodeAction[] {
  const missing = broken.diagnostic.data as readonly string[];
  const each = missing.map((heading) =>
    editFix(broken, `Add the section "${heading}"`, sectionChanges(broken, [heading])),
  );
  if (missing.length < 2) return each;
  return [editFix(broken, 'Add the missing sections', sectionChanges(broken, missing)), ...each];
}

function sectionChanges({ outline }: Broken, headings: readonly string[]): TextChange[] {
  const { text } = outline;
  const sections = sectionsOf(outline);
  const changes = new Map<number, string>();
  runbookSections.forEach(({ heading, hint }, at) => {
    if (!headings.includes(heading)) return;
    const after = runbookSections
      .slice(at + 1)
      .flatMap((later) => findSection(sections, later.heading) ?? []);
    const place = after[0]?.heading.range.start ?? text.length;
    const isEnd = place === text.length;
    const lead = isEnd ? (text.endsWith('\n') || changes.has(place) ? '\n' : '\n\n') : '';
    const written = `${lead}## ${heading}\n\n<!-- ${hint} -->\n${isEnd ? '' : '\n'}`;
    changes.set(place, (changes.get(place) ?? '') + written);
  });
  return [...changes].map(([place, added]) => ({ start: place, end: place, text: added }));
}

/** An empty section goes, or says that there is nothing to say. */
export function emptySection(broken: Broken): CodeAction[] {
  const section = sectionsOf(broken.outline).find(
    ({ heading }) => heading.range.start === underlined(broken).start,
  );
  if (section === undefined) return [];
  const nothing = { ...section.body, text: '\nNothing is known.\n\n' };
  const gone = { start: section.heading.range.start, end: section.body.end, text: '' };
  return [
    editFix(broken, 'Say that nothing is known', [nothing]),
    editFix(broken, 'Remove the section', [gone]),
  ];
}

export function stale(broken: Broken): CodeAction[] {
  const edit = testedToday(broken.document);
  const archived = setField(broken.outline.text, 'confidence', 'archived');
  return [
    ...(edit === undefined
      ? []
      : [{ ...editFix(broken, 'Mark as tested today', []), edit: { changes: { [edit.uri]: edit.edits } } }]),
    ...(archived === undefined ? [] : [editFix(broken, 'Archive it: nobody needs it any more', [archived])]),
  ];
}

export function superseded(broken: Broken): CodeAction[] {
  const archived = setField(broken.outline.text, 'confidence', 'archived');
  const newer = broken.texts.uriOf(String(broken.diagnostic.data));
  return [
    commandFix(broken, { title: 'Open the newer document', command: 'vscode.open', arguments: [newer] }),
    ...(archived === undefined ? [] : [editFix(broken, 'Archive this document', [archived])]),
  ];
}

export function secret(broken: Broken): CodeAction[] {
  const { start, end } = underlined(broken);
  const text = String(broken.diagnostic.data);
  return [editFix(broken, `Replace it with ${text}`, [{ start, end, text }])];
}

/** The tickets whose keys are the likest; in the front matter the key can go too. */
export function wrongTicket(broken: Broken): CodeAction[] {
  const { start, end, text } = underlined(broken);
  const known = broken.tickets.startingWith(text.slice(0, -1), 50).map(({ key }) => key);
  const isListed = start < (broken.outline.frontMatter?.range.end ?? 0);
  const fixes = likest(text, known, most).map((key) =>
    editFix(broken, `Write ${key}`, [{ start, end, text: key }]),
  );
  if (isListed) fixes.push(editFix(broken, `Take ${text} off the list`, [offTheList(broken, start, end)]));
  return fixes;
}

/** Takes a ticket out of the front matter: with its line, or with its quotes and a comma. */
function offTheList({ outline: { text, frontMatter } }: Broken, start: number, end: number): TextChange {
  const items = frontMatter?.fields.get('tickets')?.valueRanges ?? [];
  const at = items.findIndex((item) => item.start <= start && end <= item.end);
  const [before, item = { start, end }, after] = [items[at - 1], items[at], items[at + 1]];
  const line = text.lastIndexOf('\n', item.start - 1) + 1;
  if (/^[ \t]*-[ \t]+$/.test(text.slice(line, item.start)))
    return { start: line, end: text.indexOf('\n', item.end) + 1, text: '' };
  if (before !== undefined) return { start: before.end, end: item.end, text: '' };
  return { start: item.start, end: after?.start ?? item.end, text: '' };
}
