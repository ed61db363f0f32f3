import * as v from 'valibot';

const instant = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.finite(),
);

/** Whoever deleted their account is `null`, and shown as GitHub does. */
export const userSchema = v.nullish(v.object({ login: v.string() }), { login: 'ghost' });
export const meSchema = v.object({ login: v.string(), name: v.nullish(v.string()) });

const label = v.pipe(
  v.union([v.string(), v.object({ name: v.nullish(v.string(), '') })]),
  v.transform((one) => (typeof one === 'string' ? one : one.name)),
);
const milestone = v.object({ title: v.string() });

export const issueSchema = v.object({
  number: v.number(),
  html_url: v.string(),
  repository_url: v.string(),
  title: v.string(),
  body: v.nullish(v.string(), ''),
  state: v.string(),
  state_reason: v.nullish(v.string()),
  user: userSchema,
  author_association: v.optional(v.string(), 'NONE'),
  assignees: v.nullish(v.array(v.object({ login: v.string() })), []),
  labels: v.array(label),
  milestone: v.nullish(milestone),
  type: v.nullish(v.object({ name: v.string() })),
  comments: v.number(),
  created_at: instant,
  updated_at: instant,
  closed_at: v.nullish(instant),
  pull_request: v.nullish(v.unknown()),
});
export type Issue = v.InferOutput<typeof issueSchema>;

/** Enough to go on behind an issue that can't be understood. */
export const listedSchema = v.looseObject({ number: v.number(), updated_at: instant });

/** What a search gives; it may stop early and say so. */
export const foundSchema = v.object({ incomplete_results: v.boolean(), items: v.array(v.unknown()) });

export const repositorySchema = v.object({
  full_name: v.string(),
  has_issues: v.boolean(),
  archived: v.boolean(),
  permissions: v.optional(
    v.object({
      triage: v.optional(v.boolean(), false),
      push: v.optional(v.boolean(), false),
    }),
  ),
});

export const labelSchema = v.object({ name: v.string() });
export const loginSchema = v.object({ login: v.string() });

export const commentSchema = v.object({ body: v.nullish(v.string(), ''), user: userSchema });

/** One thing of an issue's timeline. Kinds we do not know have none of the optional fields we look at. */
export const eventSchema = v.object({
  id: v.nullish(v.number()),
  event: v.optional(v.string(), ''),
  created_at: v.nullish(instant),
  actor: userSchema,
  user: userSchema,
  body: v.nullish(v.string()),
  label: v.nullish(v.object({ name: v.nullish(v.string(), '') })),
  assignee: v.nullish(v.object({ login: v.string() })),
  assigner: v.nullish(v.object({ login: v.string() })),
  rename: v.nullish(v.object({ from: v.string(), to: v.string() })),
  state_reason: v.nullish(v.string()),
  milestone: v.nullish(milestone),
});
export type TimelineEvent = v.InferOutput<typeof eventSchema>;
