import path from 'node:path';
import type { DiagnosticCode } from '../../src/server/checks/check.ts';
import { malformedFrontMatter, setFields } from './frontMatterFaults.ts';
import { secretLine } from './secrets.ts';
import type { Expected, Fault, Seeding } from './seeding.ts';

/** Puts one fault of its kind somewhere; gives none where there is no place for it. */
type FaultKind = (seeding: Seeding) => Omit<Fault, 'kind'> | undefined;

/** Day of the past, some time before `now`. */
const longAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

export const faultKinds: Record<string, FaultKind> = {
  'dead link': deadLink,
  'moved file': movedFile,
  'renamed heading': renamedHeading,
  'dead ticket': deadTicket,
  'malformed front matter': malformedFrontMatter,
  'duplicate id': duplicateId,
  secret,
  'stale date': stale,
  'impossible date': impossibleDate,
};

function exact(file: string, code: DiagnosticCode, range: { start: number; end: number }): Expected {
  return { file, code, start: range.start, end: range.end, fit: 'exact' };
}

/** A link's target is mistyped; where a folder has no links, one is written. */
function deadLink(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const file = seeding.pickWhere(seeding.files, (one) => linksOf(seeding, one).length > 0);
  const link = file === undefined ? undefined : seeding.pick(linksOf(seeding, file));
  if (file === undefined || link === undefined || seeding.random() < 0.3) return writtenDeadLink(seeding);
  const [target = ''] = link.target.split('#');
  const name = path.posix.basename(target);
  const mistyped = link.target.replace(name, `${name.slice(0, 2)}x${name.slice(2)}`);
  const range = seeding.replace(file, link.start, link.end, mistyped);
  return { what: `${link.target} is ${mistyped} now`, expected: [exact(file, 'dead-link', range)] };
}

function linksOf(seeding: Seeding, file: string) {
  return seeding.places(file).links.filter((link) => {
    const to = seeding.leadsTo(file, link);
    return to !== undefined && to.file !== file && !seeding.isFaulty(file, link);
  });
}

function writtenDeadLink(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const target = `../gone/${Math.floor(seeding.random() * 1000)}.md`;
  const written = say(seeding, `See [the other page](`, target, ') first.');
  return written && { what: `a link to ${target}`, expected: [exact(written.file, 'dead-link', written)] };
}

/** Adds a sentence below a paragraph, and says where `what` stands. */
function say(
  seeding: Seeding,
  before: string,
  what: string,
  after: string,
): { file: string; start: number; end: number } | undefined {
  const file = seeding.pickWhere(seeding.files, (one) => seeding.places(one).paragraphs.length > 0);
  const at = file === undefined ? undefined : seeding.pick(seeding.places(file).paragraphs);
  if (file === undefined || at === undefined) return undefined;
  const lead = seeding.random() < 0.5 ? `\n\n${before}` : `\n${before}`;
  const { start } = seeding.replace(file, at, at, lead + what + after);
  return { file, start: start + lead.length, end: start + lead.length + what.length };
}

/** A file that others link to gets another name, and nobody tells them. */
function movedFile(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const linksTo = (wanted: string) =>
    seeding.files.flatMap((file) =>
      seeding
        .places(file)
        .links.filter(
          (link) => seeding.leadsTo(file, link)?.file === wanted && link.target.split('#')[0] !== '',
        )
        .map((link) => ({ file, link })),
    );
  const moved = seeding.pickWhere(seeding.files, (file) => {
    const links = linksTo(file);
    return (
      links.length > 0 && links.length < 6 && links.every((one) => !seeding.isFaulty(one.file, one.link))
    );
  });
  if (moved === undefined) return undefined;
  const links = linksTo(moved);
  const name = moved.replace(/(\.\w+)$/, `-moved-${Math.floor(seeding.random() * 1000)}$1`);
  seeding.move(moved, name);
  const expected = links.map(({ file, link }) => exact(file === moved ? name : file, 'dead-link', link));
  return { what: `${moved} is ${name} now`, expected };
}

/** A heading that is linked to reads differently; where there is none, a link to one is written first. */
function renamedHeading(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const linked = seeding.files.flatMap((from) =>
    seeding.places(from).links.flatMap((link) => {
      const to = seeding.leadsTo(from, link);
      const same = to && seeding.places(to.file).headings.filter(({ slug }) => slug === to.fragment);
      const [heading] = same ?? [];
      if (to === undefined || heading === undefined || seeding.isFaulty(from, link)) return [];
      if (seeding.places(to.file).headings.some(({ slug }) => slug === `${heading.slug}-1`)) return [];
      return [{ from, link, file: to.file, heading }];
    }),
  );
  const one = seeding.pick(linked);
  if (one === undefined || seeding.random() < 0.3) return writtenHeading(seeding);
  const all = linked.filter(({ file, heading }) => file === one.file && heading.slug === one.heading.slug);
  const expected = all.map(({ from, link }) => exact(from, 'dead-heading', link));
  const fault = { what: `the heading #${one.heading.slug} of ${one.file} is gone`, expected };
  rename(seeding, one.file, one.heading, fault);
  return fault;
}

function writtenHeading(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const file = seeding.pickWhere(seeding.files, (name) => seeding.places(name).headings.length > 1);
  const heading = file === undefined ? undefined : seeding.pick(seeding.places(file).headings);
  const linkers = linked(seeding, file, heading?.slug);
  if (file === undefined || heading === undefined || linkers) return undefined;
  const folder = seeding.pickWhere(seeding.files, (name) => seeding.places(name).paragraphs.length > 0);
  const at = folder === undefined ? undefined : seeding.pick(seeding.places(folder).paragraphs);
  if (folder === undefined || at === undefined) return undefined;
  const target =
    folder === file
      ? `#${heading.slug}`
      : `${encodeURI(path.posix.relative(path.posix.dirname(folder), file))}#${heading.slug}`;
  const lead = `\n\nSee [what is said there](`;
  const { start } = seeding.replace(folder, at, at, `${lead}${target}).`);
  const range = { start: start + lead.length, end: start + lead.length + target.length };
  const fault = {
    what: `${folder} links to #${heading.slug} of ${file}, which is gone`,
    expected: [exact(folder, 'dead-heading', range)],
  };
  const now = seeding.places(file).headings.find(({ slug }) => slug === heading.slug);
  if (now !== undefined) rename(seeding, file, now, fault);
  return fault;
}

function linked(seeding: Seeding, file: string | undefined, slug: string | undefined): boolean {
  return seeding.files.some((from) =>
    seeding.places(from).links.some((link) => {
      const to = seeding.leadsTo(from, link);
      return to?.file === file && to?.fragment === slug;
    }),
  );
}

/** What is expected already moves along with the text. */
function rename(
  seeding: Seeding,
  file: string,
  heading: { start: number; end: number },
  fault: Omit<Fault, 'kind'>,
): void {
  const pending: Fault = { kind: 'renamed heading', ...fault };
  seeding.faults.push(pending);
  seeding.replace(file, heading.start, heading.end, `Reworded ${Math.floor(seeding.random() * 10_000)}`);
  seeding.faults.splice(seeding.faults.indexOf(pending), 1);
}

function deadTicket(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const key = `HD-${90_000 + Math.floor(seeding.random() * 9_000)}`;
  if (seeding.random() < 0.5) {
    const written = say(seeding, seeding.random() < 0.5 ? 'Seen first in ' : '- ', key, ', and again since.');
    return written && { what: `${key} in the text`, expected: [exact(written.file, 'dead-ticket', written)] };
  }
  const file = seeding.takeFrontMatter();
  const place = file === undefined ? undefined : setFields(seeding, file, [['tickets', `[HD-1, ${key}]`]]);
  if (file === undefined || place === undefined) return undefined;
  const start = place.start + place.text.indexOf(key);
  return {
    what: `${key} in the front matter`,
    expected: [exact(file, 'dead-ticket', { start, end: start + key.length })],
  };
}

function duplicateId(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const id = `same-${Math.floor(seeding.random() * 100_000)}`;
  const files = [seeding.takeFrontMatter(), seeding.takeFrontMatter()];
  const expected = files.flatMap((file) => {
    const place = file === undefined ? undefined : setFields(seeding, file, [['id', id]]);
    if (file === undefined || place === undefined) return [];
    const start = place.start + place.text.indexOf(id);
    return [exact(file, 'duplicate-id', { start, end: start + id.length })];
  });
  return expected.length < 2 ? undefined : { what: `two documents have the id ${id}`, expected };
}

function secret(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const { line, secret: hidden } = secretLine(seeding.random);
  const around = (place: { file: string; start: number; end: number }): Omit<Fault, 'kind'> => ({
    what: line,
    expected: [{ ...place, code: 'secret', fit: 'around' }],
  });
  const [before = '', after = ''] = line.split(hidden);
  const file = seeding.pickWhere(seeding.files, (one) => seeding.places(one).fences.length > 0);
  const fence = file === undefined ? undefined : seeding.pick(seeding.places(file).fences);
  if (file === undefined || fence === undefined || seeding.random() < 0.5) {
    const written = say(seeding, before, hidden, after);
    return written && around(written);
  }
  const { start } = seeding.replace(file, fence, fence, `${line}\n`);
  return around({ file, start: start + before.length, end: start + before.length + hidden.length });
}

function stale(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const days = 2 + Math.floor(seeding.random() * 400);
  const day = longAgo(days);
  const tested: [string, string][] = [
    ['review_cycle', '1 day'],
    ['tested_at', day],
  ];
  const fields: [string, string][] = seeding.random() < 0.5 ? [['stale_after', day]] : tested;
  return dateFault(seeding, fields, day, 'stale');
}

function impossibleDate(seeding: Seeding): Omit<Fault, 'kind'> | undefined {
  const day = seeding.pick(['2026-02-30', '31.03.2026', '2026-13-01', 'last spring', '03/31/2026']) ?? '';
  const field = seeding.pick(['tested_at', 'stale_after']) ?? '';
  return dateFault(seeding, [[field, day]], day, 'front-matter-value');
}

function dateFault(
  seeding: Seeding,
  fields: [string, string][],
  day: string,
  code: DiagnosticCode,
): Omit<Fault, 'kind'> | undefined {
  const file = seeding.takeFrontMatter();
  const place = file === undefined ? undefined : setFields(seeding, file, fields);
  if (file === undefined || place === undefined) return undefined;
  const start = place.start + place.text.lastIndexOf(day);
  return {
    what: `${fields.map(([name]) => name).join(', ')}: ${day}`,
    expected: [exact(file, code, { start, end: start + day.length })],
  };
}
