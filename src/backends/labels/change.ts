import { fail, ok, type Result } from '../../desk/errors.ts';
import type { TicketFields } from '../../desk/operation.ts';
import type { Vocabulary } from '../backend.ts';
import { noPriority, same, type LabelChange, type Unlabelled } from './meaning.ts';

/** What the labels have to become. A label that does not exist would be made by the forge, so names are looked at first. */
export async function labelChange(
  { status, priority, team, tags }: TicketFields,
  bare: Unlabelled,
  vocabulary: () => Promise<Result<Vocabulary>>,
): Promise<Result<LabelChange>> {
  const change: LabelChange = { ...(tags && { tags }) };
  if (status === undefined && priority === undefined && team === undefined) return ok(change);
  const known = await vocabulary();
  if (!known.ok) return known;
  const { statuses, priorities, teams } = known.value;
  const areas = [
    ['status', status, statuses, [bare.open, ...bare.closed].map(({ name }) => name)],
    ['priority', priority, priorities, [noPriority.name]],
    ['team', team, teams, [bare.team]],
  ] as const;
  for (const [field, wanted, offered, unlabelled] of areas) {
    if (wanted === undefined) continue;
    const value = offered.find(({ name }) => same(name, wanted));
    if (value === undefined) {
      return fail({ reason: 'rejected', field, message: `There is no ${field} "${wanted}" here.` });
    }
    change[field] = unlabelled.includes(value.name) ? null : value.name;
  }
  return ok(change);
}
