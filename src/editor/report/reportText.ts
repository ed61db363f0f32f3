import { oneLine } from '../../desk/plainText.ts';
import { ages, type Report, type Share, type Spread } from '../../desk/report/report.ts';
import type { Translate } from '../translate.ts';
import { tableOf } from '../markdownTable.ts';

/** Documentation that needs somebody, by title. */
export interface Documentation {
  stale: readonly string[];
  unused: readonly string[];
}

export interface ReportHead {
  title: string;
  /** What was counted: the period, the accounts, the team. */
  scope: string;
  documentation: Documentation;
}

const mostListed = 50;
const barLength = 20;

/** The figures of a period as Markdown: tables that can be read aloud, with a bar beside each share. */
export function reportText(
  report: Report,
  { title, scope, documentation }: ReportHead,
  t: Translate,
): string {
  const shares: [string, Share][] = [
    [t('Solved at first contact'), report.firstContact],
    [t('Reopened'), report.reopened],
    [t('Reassigned'), report.reassigned],
    [t('Escalated'), report.escalated],
    [t('Escalations that were returned'), report.bounced],
    [t('First response in time'), report.targetsMet['first-response']],
    [t('Resolved in time'), report.targetsMet.resolution],
    [t('Solved with a document'), report.documented],
  ];
  const spreads: [string, Spread][] = [
    [t('First response'), report.firstResponse],
    [t('Time to resolve'), report.timeToResolve],
    [t('Until an escalation was accepted'), report.accepted],
  ];
  const open = report.backlog.reduce((sum, number) => sum + number, 0);
  return (
    [
      `# ${oneLine(title)}`,
      `${scope} ${t('{0} opened, {1} resolved, {2} open now.', report.opened, report.resolved, open)}`,
      `## ${t('How long it took')}`,
      table(
        [t('Figure'), t('Half took at most'), t('Nine of ten took at most'), t('Tickets')],
        spreads.map(([name, { median, ninth, count }]) => [
          name,
          duration(median, t),
          duration(ninth, t),
          String(count),
        ]),
      ),
      `## ${t('Of what was resolved')}`,
      table(
        [t('Figure'), t('Share'), t('Tickets'), ''],
        shares.map(([name, share]) => [name, percent(share), `${share.part} / ${share.of}`, bar(share)]),
      ),
      `## ${t('Age of what is open')}`,
      table(
        [t('Age'), t('Tickets'), ''],
        report.backlog.map((part, index) => [ageName(index, t), String(part), bar({ part, of: open })]),
      ),
      ...list(
        t('Solved without a document'),
        report.undocumented.map(({ key, subject }) => `${key} ${subject}`),
        t,
      ),
      ...list(t('Stale runbooks'), documentation.stale, t),
      ...list(t('Runbooks that no ticket ever used'), documentation.unused, t),
    ].join('\n\n') + '\n'
  );
}

/** The same figures for a spreadsheet: a line each, times in minutes. */
export function reportCsv(report: Report): string {
  const minutes = (ms: number | undefined) => (ms === undefined ? '' : String(Math.round(ms / 60_000)));
  const share = (name: string, { part, of }: Share) => [name, String(part), String(of)];
  const rows = [
    ['figure', 'value', 'of'],
    ['opened', String(report.opened), ''],
    ['resolved', String(report.resolved), ''],
    [
      'first response, median minutes',
      minutes(report.firstResponse.median),
      String(report.firstResponse.count),
    ],
    [
      'time to resolve, median minutes',
      minutes(report.timeToResolve.median),
      String(report.timeToResolve.count),
    ],
    ['escalation accepted, median minutes', minutes(report.accepted.median), String(report.accepted.count)],
    share('first contact', report.firstContact),
    share('reopened', report.reopened),
    share('reassigned', report.reassigned),
    share('escalated', report.escalated),
    share('returned escalations', report.bounced),
    share('first response in time', report.targetsMet['first-response']),
    share('resolved in time', report.targetsMet.resolution),
    share('with a document', report.documented),
    ...report.backlog.map((part, index) => [
      ages[index] === Infinity
        ? `open, ${String(ages[index - 1])} days and older`
        : `open, younger than ${String(ages[index])} days`,
      String(part),
      '',
    ]),
  ];
  return (
    rows.map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\r\n') +
    '\r\n'
  );
}

/** Figures stand at the right, names and bars (which have no heading) at the left. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const figures = [...head.keys()].filter((column) => column > 0 && head[column] !== '');
  return tableOf(figures, head, rows);
}

function list(heading: string, lines: readonly string[], t: Translate): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, mostListed).map((line) => `- ${oneLine(line)}`);
  const more = lines.length > mostListed ? [t('… and {0} more.', lines.length - mostListed)] : [];
  return [`## ${heading} (${lines.length})`, shown.join('\n'), ...more];
}

function percent({ part, of }: Share): string {
  return of === 0 ? '–' : `${Math.round((part / of) * 100)} %`;
}

function bar({ part, of }: Share): string {
  return of === 0 ? '' : '█'.repeat(Math.round((part / of) * barLength));
}

function ageName(index: number, t: Translate): string {
  const [from, to] = [ages[index - 1], ages[index]];
  if (to === undefined || to === Infinity) return t('{0} days and more', from ?? 0);
  return from === undefined ? t('up to 1 day') : t('{0} to {1} days', from, to);
}

function duration(ms: number | undefined, t: Translate): string {
  if (ms === undefined) return '–';
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return t('{0} min', minutes);
  return minutes < 2_880 ? t('{0} h', Math.round(minutes / 60)) : t('{0} days', Math.round(minutes / 1_440));
}
