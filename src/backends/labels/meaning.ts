import type { LabelMeanings } from '../../desk/account.ts';
import type { Priority, PriorityRank, Status, StatusCategory } from '../../desk/ticket.ts';
import { tierOfTeam } from '../content/tier.ts';
import { unfinished } from '../content/unfinished.ts';
import type { Team } from '../backend.ts';

export type LabelMeaning =
  { as: 'status'; status: Status } | { as: 'priority'; priority: Priority } | { as: 'team' } | { as: 'tag' };

/** The names of what a ticket has without any label. */
export interface Unlabelled {
  open: Status;
  /** How a ticket can be closed, the usual way first. */
  closed: readonly Status[];
  team: string;
}

/** What a ticket with no priority label has. */
export const noPriority: Priority = { name: 'none', rank: 3 };

const statusName = /^(?:status|state)\s*[:/]+\s*(.+)$/i;
const priorityName = /^(?:(?:priority|prio|severity)\s*[:/-]+\s*(.+)|(p[0-4]))$/i;
const teamName = /^(?:team|group|queue)\s*[:/]+\s*(.+)$/i;
const categories: [RegExp, StatusCategory][] = [
  [/pending|wait|hold|block|stall|needs.?info|feedback/i, 'pending'],
  [unfinished, 'open'],
  [/resolv|solved|fixed|done/i, 'resolved'],
  [/clos|reject|cancel|wont/i, 'closed'],
  [/^new|triage/i, 'new'],
];
const ranks: [RegExp, PriorityRank][] = [
  [/crit|urgent|block|highest|p0|p1|^[01]$/i, 1],
  [/high|major|p2|^2$/i, 2],
  [/low|minor|trivial|p4|^4$/i, 4],
];

/** What one label means: by the user's mapping where it speaks of that area, otherwise by its name. */
function meaningOfLabel(label: string, mapping: LabelMeanings | undefined): LabelMeaning {
  const category = mapping?.status
    ? valueOf(mapping.status, label)
    : byName(label, statusName, categories, 'open');
  if (category !== undefined) return { as: 'status', status: { name: label, category } };
  const rank = mapping?.priority
    ? valueOf(mapping.priority, label)
    : byName(label, priorityName, ranks, noPriority.rank);
  if (rank !== undefined) return { as: 'priority', priority: { name: label, rank } };
  const isTeam = mapping?.team ? mapping.team.some((team) => same(team, label)) : teamName.test(label);
  return { as: isTeam ? 'team' : 'tag' };
}

/** A ticket's labels in our terms. Of several of one area the first counts; the others are shown as tags. */
export interface Labelled {
  status?: Status;
  priority: Priority;
  team: string;
  tags: string[];
}

export function readLabels(
  labels: readonly string[],
  mapping: LabelMeanings | undefined,
  team: string,
): Labelled {
  const read: Labelled = { priority: noPriority, team, tags: [] };
  const taken = new Set<string>();
  for (const label of labels) {
    const meaning = meaningOfLabel(label, mapping);
    if (meaning.as === 'tag' || taken.has(meaning.as)) {
      read.tags.push(label);
      continue;
    }
    taken.add(meaning.as);
    if (meaning.as === 'status') read.status = meaning.status;
    else if (meaning.as === 'priority') read.priority = meaning.priority;
    else read.team = label;
  }
  return read;
}

/** What a change asks of the labels: a name sets the label of that area, `undefined` leaves it, `null` takes it away. */
export interface LabelChange {
  status?: string | null;
  priority?: string | null;
  team?: string | null;
  tags?: readonly string[];
}

/** The labels after the change, in their old order; those of other areas stay. */
export function changeLabels(
  labels: readonly string[],
  change: LabelChange,
  mapping: LabelMeanings | undefined,
): string[] {
  const taken = new Set<string>();
  const leaves = (label: string): boolean => {
    const { as } = meaningOfLabel(label, mapping);
    const isTag = as === 'tag' || taken.has(as);
    taken.add(as);
    return (as === 'tag' || change[as] === undefined) && !(isTag && change.tags !== undefined);
  };
  const set = [change.status, change.priority, change.team, ...(change.tags ?? [])];
  const wanted = [...labels.filter(leaves), ...set.filter((label) => typeof label === 'string')];
  return wanted.filter((label, index) => wanted.findIndex((one) => same(one, label)) === index);
}

/** What may be set, by the labels there are. */
export function choices(labels: readonly string[], mapping: LabelMeanings | undefined, bare: Unlabelled) {
  const statuses: Status[] = [bare.open];
  const priorities: Priority[] = [];
  const teams: Team[] = [{ name: bare.team }];
  for (const label of labels) {
    const meaning = meaningOfLabel(label, mapping);
    if (meaning.as === 'status') statuses.push(meaning.status);
    else if (meaning.as === 'priority') priorities.push(meaning.priority);
    else if (meaning.as === 'team') teams.push(withTier(label));
  }
  priorities.push(noPriority);
  return {
    statuses: [...statuses, ...bare.closed],
    priorities: priorities.sort((a, b) => a.rank - b.rank),
    teams,
  };
}

/** Labels are told apart without regard to case, as the forges do. */
export function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function withTier(label: string): Team {
  const tier = tierOfTeam(label);
  return tier === undefined ? { name: label } : { name: label, tier };
}

function valueOf<T>(mapping: Record<string, T>, label: string): T | undefined {
  return Object.entries(mapping).find(([name]) => same(name, label))?.[1];
}

function byName<T>(
  label: string,
  pattern: RegExp,
  values: readonly [RegExp, T][],
  otherwise: T,
): T | undefined {
  const found = pattern.exec(label);
  if (found === null) return undefined;
  const text = found[1] ?? found[2] ?? '';
  return values.find(([words]) => words.test(text))?.[1] ?? otherwise;
}
