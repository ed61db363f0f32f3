import * as v from 'valibot';
import { fail, ok, type Result } from '../../../desk/errors.ts';
import { outcomes } from '../../../desk/links.ts';
import { channels, statusCategories, ticketKinds } from '../../../desk/ticket.ts';

const text = v.pipe(v.string(), v.minLength(1));
const minutes = v.pipe(v.number(), v.integer(), v.minValue(0));
const tier = v.picklist([1, 2, 3]);
const file = v.strictObject({
  name: text,
  type: text,
  text: v.optional(v.string()),
  base64: v.optional(v.pipe(v.string(), v.base64())),
});
/** Who did it, and how many minutes before the sample was loaded. */
const act = { ago: minutes, by: text };
const said = { ...act, files: v.optional(v.array(file), []) };
const entry = v.variant('type', [
  v.strictObject({ ...said, type: v.literal('message'), text: v.optional(text), html: v.optional(text) }),
  v.strictObject({ ...said, type: v.literal('reply'), text }),
  v.strictObject({ ...said, type: v.literal('note'), text }),
  v.strictObject({ ...act, type: v.literal('log'), channel: v.picklist(channels), minutes, text }),
  v.strictObject({ ...act, type: v.literal('time'), minutes }),
  v.strictObject({ ...act, type: v.literal('status'), status: v.picklist(statusCategories) }),
  v.strictObject({ ...act, type: v.literal('moved'), from: text, to: text, tiers: v.tuple([tier, tier]) }),
  v.strictObject({
    ...act,
    type: v.literal('resolution'),
    text,
    document: v.optional(text),
    outcome: v.optional(v.picklist(outcomes)),
  }),
  v.strictObject({
    ...act,
    type: v.literal('hand-off'),
    handOff: v.strictObject({
      to: text,
      situation: text,
      tried: text,
      hypothesis: text,
      impact: text,
      verifyFirst: text,
    }),
  }),
]);
const ticket = v.strictObject({
  key: v.pipe(v.string(), v.regex(/^[A-Z]+-\d+$/)),
  subject: text,
  requester: text,
  assignee: v.optional(text),
  team: text,
  tier,
  status: v.picklist(statusCategories),
  priority: v.picklist([1, 2, 3, 4]),
  kind: v.picklist(ticketKinds),
  channel: v.picklist(channels),
  tags: v.array(text),
  assets: v.optional(v.array(text), []),
  fields: v.optional(v.record(v.string(), text), {}),
  /** In how many minutes it should be solved; without it the desk's own policy says when. */
  dueIn: v.optional(v.pipe(v.number(), v.integer())),
  entries: v.pipe(v.array(entry), v.minLength(1)),
});
const sample = v.strictObject({
  /** Who of the people is the user. */
  user: text,
  people: v.record(v.string(), v.strictObject({ name: text, email: v.optional(text) })),
  documents: v.record(v.string(), v.strictObject({ title: text, path: text })),
  tickets: v.array(ticket),
});

/** The product's own sample desk, with times relative to the moment it is loaded. */
export type Sample = v.InferOutput<typeof sample>;
export type SampleTicket = Sample['tickets'][number];
export type SampleEntry = SampleTicket['entries'][number];
export type SampleFile = v.InferOutput<typeof file>;

export function readSample(json: string): Result<Sample> {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), sample), json);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  return fail({
    reason: 'unsupported',
    message: `The sample desk can’t be read: ${path ?? 'JSON'}: ${issue.message}`,
  });
}
