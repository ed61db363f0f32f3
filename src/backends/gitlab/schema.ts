import * as v from 'valibot';

const instant = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.finite(),
);
const user = v.object({ id: v.number(), username: v.string(), name: v.string() });
export const userSchema = user;
export type User = v.InferOutput<typeof user>;

export const issueSchema = v.object({
  iid: v.number(),
  title: v.string(),
  description: v.nullish(v.string(), ''),
  state: v.string(),
  labels: v.array(v.string()),
  author: user,
  assignees: v.nullish(v.array(user), []),
  milestone: v.nullish(v.object({ title: v.string() })),
  due_date: v.nullish(v.string()),
  issue_type: v.nullish(v.string()),
  confidential: v.nullish(v.boolean(), false),
  user_notes_count: v.optional(v.number(), 0),
  time_stats: v.optional(v.object({ total_time_spent: v.number() }), { total_time_spent: 0 }),
  service_desk_reply_to: v.nullish(v.string()),
  moved_to_id: v.nullish(v.number()),
  created_at: instant,
  updated_at: instant,
  closed_at: v.nullish(instant),
  web_url: v.string(),
});
export type Issue = v.InferOutput<typeof issueSchema>;

/** Enough to go on behind an issue that can't be understood. */
export const listedSchema = v.looseObject({ iid: v.number(), updated_at: instant });

export const noteSchema = v.object({
  id: v.number(),
  body: v.string(),
  author: user,
  created_at: instant,
  system: v.boolean(),
  internal: v.nullish(v.boolean()),
  confidential: v.nullish(v.boolean()),
});
export type Note = v.InferOutput<typeof noteSchema>;

const event = { id: v.number(), user: v.nullish(user), created_at: instant };
export const labelEventSchema = v.object({
  ...event,
  action: v.string(),
  label: v.nullish(v.object({ name: v.string() })),
});
export const stateEventSchema = v.object({ ...event, state: v.string() });
export const milestoneEventSchema = v.object({
  ...event,
  action: v.string(),
  milestone: v.nullish(v.object({ title: v.string() })),
});

const access = v.nullish(v.object({ access_level: v.number() }));
export const projectSchema = v.object({
  path_with_namespace: v.string(),
  archived: v.optional(v.boolean(), false),
  issues_enabled: v.optional(v.boolean(), true),
  permissions: v.optional(v.object({ project_access: access, group_access: access }), {}),
});
export const versionSchema = v.object({ version: v.string() });
export const labelSchema = v.object({ name: v.string() });
export const uploadSchema = v.object({ markdown: v.string() });
