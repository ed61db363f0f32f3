import type { Entry } from '../../desk/entry.ts';
import { parseHandOff, type HandOff, type HandOffSection } from '../../desk/handOff.ts';
import { plainText } from '../../desk/htmlText.ts';
import { messageText } from '../../desk/messageText.ts';
import { disarmText, oneLine } from '../../desk/plainText.ts';
import type { StoredLink } from '../../desk/links.ts';
import { slaStateAt, type SlaClock } from '../../desk/sla.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import { isAttached, type Run } from '../../desk/run.ts';
import { parseRunRecord, recordOf, stepPhrases, type RunRecord } from '../../desk/runRecord.ts';
import type { Translate } from '../translate.ts';
import { promisesIn } from './promises.ts';
import type { OtherTicket } from './others.ts';

/** What is known of a ticket beside its timeline. */
export interface Surroundings {
  links: readonly StoredLink[];
  /** Tickets that belong to it. */
  others: readonly OtherTicket[];
  /** Runbooks that were followed here. */
  runs: readonly Run[];
  now: Instant;
}

/** So much is quoted of what the requester wrote, in characters. */
const quoted = 1500;
const summarised = 700;

/** What a hand-off can know already; what only a person knows is left empty. */
export function handOffFacts(
  ticket: Ticket,
  entries: readonly Entry[],
  surroundings: Surroundings,
  t: Translate,
): Record<HandOffSection, string> {
  return {
    situation: situation(ticket, entries, t),
    environment: environment(ticket, t),
    tried: tried(ticket, entries, surroundings.runs, t),
    hypothesis: '',
    impact: impact(ticket, entries, surroundings.now, t),
    verifyFirst: '',
    references: references(entries, surroundings, t),
  };
}

function situation(ticket: Ticket, entries: readonly Entry[], t: Translate): string {
  const said = entries.filter(
    ({ fromRequester, kind, body }) => (fromRequester || kind === 'log') && body !== undefined,
  );
  const [first] = said;
  const last = said.at(-1);
  return [
    disarmText(oneLine(ticket.subject)),
    t('Since {0} ({1}).', day(ticket.createdAt), ticket.channel),
    first && quote(first),
    last !== first && last && `${t('Most recently, {0}:', day(last.at))}\n\n${quote(last)}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function environment(ticket: Ticket, t: Translate): string {
  return bullets([
    ticket.assets.length > 0 && t('Assets: {0}', ticket.assets.join(', ')),
    ...ticket.customFields
      .filter(({ values }) => values.length > 0)
      .map(({ name, values }) => `${name}: ${values.join(', ')}`),
    ticket.tags.length > 0 && t('Tags: {0}', ticket.tags.join(', ')),
  ]);
}

/** What the desk did and advised, each with what the requester then said of it. */
function tried(ticket: Ticket, entries: readonly Entry[], runs: readonly Run[], t: Translate): string {
  const lines: string[] = [];
  for (const entry of entries) {
    const handOff = entry.kind === 'hand-off' ? parseHandOff(textOf(entry)) : undefined;
    const known = () => [...lines, environment(ticket, t)].join('\n').split('\n');
    const record = entry.kind === 'run' ? parseRunRecord(textOf(entry)) : undefined;
    const text = handOff ? handedOn(handOff, known(), t) : record ? followed(record, t) : firstLines(entry);
    if (text === '' || entry.visibility === 'system') continue;
    if (!entry.fromRequester) lines.push(`- ${day(entry.at)}, ${entry.author.name}: ${text}`);
    else if (lines.length > 0) lines.push(`  - ${entry.author.name}: ${text}`);
  }
  for (const run of runs.filter((one) => !isAttached(one)))
    lines.push(`- ${day(run.startedAt)}, ${run.by}: ${followed(recordOf(run), t)}`);
  return lines.join('\n');
}

/** What an earlier hand-off alone knew: the rest of it is told anew. */
function handedOn({ to, sections }: HandOff, known: readonly string[], t: Translate): string {
  const { environment: around, tried: done, hypothesis, verifyFirst } = sections;
  const told = new Set(known.map(lettersOf));
  const written = [around, done]
    .flatMap((text) => text.split('\n'))
    .filter((line) => !told.has(lettersOf(line)));
  return [
    to === undefined ? t('handed on.') : t('handed on to {0}.', to),
    ...written.map((line) => oneLine(line).replace(/^[-*•] /, '')),
    hypothesis !== '' && t('Hypothesis: {0}', oneLine(hypothesis)),
    verifyFirst !== '' && t('To be verified first: {0}', oneLine(verifyFirst)),
  ]
    .filter(Boolean)
    .join(' ');
}

/** A line whatever became of its marks on the way through a ticketing system. */
function lettersOf(line: string): string {
  return line.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** What a run record says of its steps, in one line each. */
function followed(record: RunRecord, t: Translate): string {
  const steps = record.steps.map(({ state, title }, at) => `  ${at + 1}. ${stepPhrases[state]}: ${title}`);
  return [t('Followed "{0}" ({1}): {2}', record.title, record.path, record.result), ...steps].join('\n');
}

function impact(ticket: Ticket, entries: readonly Entry[], now: Instant, t: Translate): string {
  const { requester } = ticket;
  const teams = teamsOf(ticket, entries);
  const minutes = entries.reduce((sum, { kind, minutes: one = 0 }) => (kind === 'log' ? sum : sum + one), 0);
  const asked = entries.filter(({ fromRequester }) => fromRequester).length;
  return bullets([
    requester && t('Requester: {0}', requester.name + (requester.email ? ` <${requester.email}>` : '')),
    t('Priority: {0}; {1} since {2}', ticket.priority.name, ticket.status.name, day(ticket.createdAt)),
    ...ticket.sla.map((clock) => clockLine(clock, now, t)),
    asked > 1 && t('The requester wrote {0} times.', asked),
    ...promisesIn(entries).map((said) => t('Promised: {0}', said)),
    teams.length > 1 && t('Teams so far: {0}', teams.join(' → ')),
    minutes > 0 && t('Work so far: {0} min', minutes),
    ticket.reassignments > 0 && t('Reassigned: {0} times', ticket.reassignments),
    ticket.reopenings > 0 && t('Reopened: {0} times', ticket.reopenings),
  ]);
}

/** The teams that had it, in their order. */
function teamsOf(ticket: Ticket, entries: readonly Entry[]): string[] {
  const moves = entries.flatMap(({ changes }) => changes).filter(({ field }) => field === 'team');
  const first = moves[0]?.from;
  const teams = [...(first === undefined ? [] : [first]), ...moves.flatMap(({ to }) => to ?? [])];
  return teams.length === 0 && ticket.team !== undefined ? [ticket.team] : teams;
}

export function clockLine(clock: SlaClock, now: Instant, t: Translate): string | false {
  if (clock.dueAt === undefined) return false;
  const target = clock.target === 'first-response' ? t('First response') : t('Resolution');
  return slaStateAt(clock, now) === 'breached'
    ? t('{0}: was due {1}', target, day(clock.dueAt))
    : clock.stoppedAt === undefined && t('{0}: due {1}', target, day(clock.dueAt));
}

function references(entries: readonly Entry[], { links, others }: Surroundings, t: Translate): string {
  return bullets([
    ...links.map(
      ({ document, outcome }) =>
        `${document.title}, ${document.path}` +
        (outcome === undefined ? '' : ` (${outcome})`) +
        (document.permalink === undefined ? '' : `: ${document.permalink}`),
    ),
    ...runbooksNamed(entries).map((path) => t('Runbook {0}, named here', path)),
    ...entries
      .flatMap(({ attachments, author }) => attachments.map(({ name }) => ({ name, author })))
      .map(({ name, author }) => t('File {0}, from {1}', name, author.name)),
    ...others.map((other) => otherLine(other, t)),
  ]);
}

/** Paths of Markdown files that the timeline speaks of. */
function runbooksNamed(entries: readonly Entry[]): string[] {
  const paths = entries.flatMap(
    (entry) => textOf(entry).match(/(?<![\w./-])[\w-]+(?:\/[\w.-]+)*\.md\b/g) ?? [],
  );
  return [...new Set(paths)];
}

function otherLine({ ticket: { key, subject, status }, why }: OtherTicket, t: Translate): string {
  switch (why) {
    case 'named':
      return t('{0}, named here: {1} ({2})', key, subject, status.name);
    case 'requester':
      return t('{0}, of the same requester: {1} ({2})', key, subject, status.name);
    case 'asset':
      return t('{0}, about the same asset: {1} ({2})', key, subject, status.name);
  }
}

function bullets(lines: readonly (string | false | undefined)[]): string {
  return lines
    .filter(Boolean)
    .map((line) => `- ${String(line)}`)
    .join('\n');
}

/** Without the signature: nobody needs it, and in Markdown its `--` would make a heading of the line above. */
function quote(entry: Entry): string {
  return textOf(entry)
    .split(/^-- ?$/m, 1)
    .join('')
    .trimEnd()
    .slice(0, quoted)
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

function firstLines(entry: Entry): string {
  return messageText(textOf(entry), entry.author.name)
    .replace(/^#+ .*\n/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(new RegExp(`^(.{${summarised - 80},${summarised}}) .*$`), '$1 …');
}

function textOf(entry: Entry): string {
  return entry.body ? plainText(entry.body) : '';
}

/** In UTC and saying so: who takes over may be in another time zone. */
function day(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
