/** What a column of a file can mean for a ticket. `custom` is kept read-only, `ignore` is left out. */
export const fields = [
  'key',
  'subject',
  'description',
  'requester',
  'requesterEmail',
  'assignee',
  'team',
  'status',
  'priority',
  'impact',
  'urgency',
  'kind',
  'channel',
  'tier',
  'tags',
  'category',
  'subcategory',
  'symptom',
  'asset',
  'location',
  'createdAt',
  'updatedAt',
  'firstRespondedAt',
  'resolvedAt',
  'closedAt',
  'slaMet',
  'dueAt',
  'reassignments',
  'reopenings',
  'resolution',
  'comment',
  'publicComment',
  'changedBy',
  'changeNumber',
  'custom',
  'ignore',
] as const;
export type Field = (typeof fields)[number];

/** Any number of columns may mean these; all others are meant by one column. */
export const repeatable: ReadonlySet<Field> = new Set([
  'tags',
  'asset',
  'comment',
  'publicComment',
  'custom',
  'ignore',
]);

export const dateFields: ReadonlySet<Field> = new Set([
  'createdAt',
  'updatedAt',
  'firstRespondedAt',
  'resolvedAt',
  'closedAt',
  'dueAt',
]);

/**
 * What ticketing systems call their columns, the most telling name first. Names are compared without case, spaces and
 * punctuation.
 */
const names: Partial<Record<Field, string>> = {
  key: 'number, issue key, ticket number, ticket key, incident number, incident id, ticket id, case number, request id, key, id, issue id, bug id, #',
  subject: 'subject, summary, short description, title, issue summary, ticket subject, name',
  description: 'description, body, details, issue description, problem description, request details, text',
  requester:
    'requester, caller, caller id, requested for, customer, customer name, contact, contact name, reporter, author, requester name, creator, submitter, affected user, opened for, from',
  requesterEmail:
    'requester email, customer email, caller email, contact email, reporter email, email, e-mail',
  assignee: 'assigned to, assignee, owner, agent, resolver, handled by, technician, assignee name',
  team: 'assignment group, team, group, queue, assigned group, support group, department queue, tracker group',
  status: 'status, state, incident state, ticket status, issue status, current status',
  priority: 'priority, issue priority, ticket priority, prio, severity',
  impact: 'impact',
  urgency: 'urgency',
  kind: 'type, issue type, ticket type, tracker, kind, record type, request type',
  channel: 'channel, contact type, via, source, contact method, origin, via channel',
  tier: 'tier, support level, level, support tier, escalation level',
  tags: 'tags, labels, keywords, tag list',
  category: 'category, component, components, service, topic, project',
  subcategory: 'subcategory, sub category, item, category 2',
  symptom: 'symptom, symptoms, error code',
  asset: 'cmdb ci, configuration item, ci, asset, assets, device, hostname, computer, affected ci',
  location: 'location, site, office, building, branch',
  createdAt:
    'opened at, opened, created at, created, created on, created date, date created, creation date, open date, submitted, reported at, submit date, sys created at, sys created on',
  updatedAt:
    'sys updated at, sys updated on, updated at, updated, updated on, last updated, last modified, modified, changed, last update, update date',
  firstRespondedAt:
    'first responded at, first response at, initially assigned at, responded at, first response',
  resolvedAt: 'resolved at, resolved, solved at, resolution date, resolved on, date resolved, resolve date',
  closedAt: 'closed at, closed, closed on, date closed, close date, closed date',
  slaMet: 'made sla, sla met, within sla, sla',
  dueAt: 'sla due, due at, due date, due, resolution due, target date',
  reassignments: 'reassignment count, reassignments, assignee stations, group stations',
  reopenings: 'reopen count, reopens, reopenings, times reopened',
  resolution:
    'close notes, resolution notes, resolution note, resolution details, solution, how solved, closing notes, work around, fix',
  comment: 'comments, work notes, notes, comment, journals, comments and work notes, journal, history',
  publicComment: 'additional comments, public comments, replies, customer comments',
  changedBy: 'sys updated by, updated by, changed by, modified by, last modified by',
  changeNumber: 'sys mod count, updates, revision, version, mod count, sequence',
  ignore: 'active, sys id, sys class name, sys domain, url, self',
};

const lookup = new Map<string, { field: Field; rank: number }>();
for (const field of fields) {
  (names[field] ?? '').split(', ').forEach((name, rank) => {
    const key = simplified(name);
    if (key !== '' && !lookup.has(key)) lookup.set(key, { field, rank });
  });
}

interface Guess {
  index: number;
  field: Field;
  /** Smaller is surer. */
  rank: number;
}

/** What each column means, guessed from the names of all of them. What no name tells is kept as a custom field. */
export function guessFields(columns: readonly string[]): Field[] {
  const guesses = columns.flatMap((column, index): Guess[] => {
    const found = guessOne(column);
    return found === undefined ? [] : [{ index, ...found }];
  });
  guesses.sort((a, b) => a.rank - b.rank || a.index - b.index);
  const result: Field[] = columns.map(() => 'custom');
  const taken = new Set<Field>();
  for (const { index, field } of guesses) {
    if (taken.has(field) && !repeatable.has(field)) continue;
    taken.add(field);
    result[index] = field;
  }
  return result;
}

function guessOne(column: string): { field: Field; rank: number } | undefined {
  const key = simplified(column);
  const exact = lookup.get(key);
  if (exact !== undefined || key.length < 5) return exact;
  let best: { field: Field; rank: number } | undefined;
  for (const [name, { field, rank }] of lookup) {
    const allowed = name.length >= 10 ? 2 : name.length >= 6 ? 1 : 0;
    if (Math.abs(name.length - key.length) > allowed) continue;
    const off = distance(name, key);
    if (off > allowed) continue;
    const total = 100 * off + rank;
    if (best === undefined || total < best.rank) best = { field, rank: total };
  }
  return best;
}

/** `fields.status.name`, `u_Status`, `Status (2)` and `STATUS` are all one name. */
function simplified(column: string): string {
  return column
    .replace(/ \(\d+\)$/, '')
    .replace(/^fields\./i, '')
    .replace(/\.(name|display_?name|display_?value|label|title)$/i, '')
    .replace(/^u_/i, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]/gu, '');
}

/** Levenshtein's: how many letters to change, add or leave out. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
