import * as v from 'valibot';

const id = v.pipe(
  v.number(),
  v.transform((value) => String(value)),
);
const reference = v.object({ id, name: v.optional(v.string(), '') });
const instant = v.pipe(
  v.string(),
  v.transform((value) => Date.parse(value)),
  v.finite(),
);
const text = v.nullish(v.string(), '');
const scalar = v.pipe(
  v.union([v.string(), v.number(), v.boolean(), v.null()]),
  v.transform((value) => (value === null ? '' : String(value))),
);
const values = v.pipe(
  v.optional(v.union([scalar, v.array(scalar)]), ''),
  v.transform((value) => (typeof value === 'string' ? [value] : value).filter((one) => one !== '')),
);

const detailSchema = v.object({
  property: v.string(),
  name: v.string(),
  old_value: v.nullish(scalar, ''),
  new_value: v.nullish(scalar, ''),
});
export const journalSchema = v.object({
  id: v.number(),
  user: v.optional(reference, { id: 0, name: 'Anonymous' }),
  notes: text,
  created_on: instant,
  private_notes: v.optional(v.boolean(), false),
  details: v.optional(v.array(detailSchema), []),
});
export const attachmentSchema = v.object({
  id,
  filename: v.string(),
  filesize: v.nullish(v.number(), 0),
  content_type: text,
  author: v.optional(reference),
  created_on: instant,
});
const statusSchema = v.object({ ...reference.entries, is_closed: v.optional(v.boolean(), false) });

export const issueSchema = v.object({
  id,
  project: reference,
  tracker: reference,
  status: statusSchema,
  priority: reference,
  author: v.optional(reference),
  assigned_to: v.optional(reference),
  category: v.optional(reference),
  fixed_version: v.optional(reference),
  parent: v.optional(v.object({ id })),
  subject: text,
  description: text,
  due_date: text,
  done_ratio: v.nullish(v.number(), 0),
  is_private: v.optional(v.boolean(), false),
  /** Only where we may see the time that others logged, or our own. */
  spent_hours: v.optional(v.number()),
  custom_fields: v.optional(
    v.array(v.object({ id, name: v.string(), value: values, multiple: v.optional(v.boolean(), false) })),
    [],
  ),
  created_on: instant,
  updated_on: instant,
  closed_on: v.nullish(instant),
  journals: v.optional(v.array(journalSchema), []),
  attachments: v.optional(v.array(attachmentSchema), []),
  watchers: v.optional(v.array(reference), []),
  children: v.optional(v.array(v.object({ id })), []),
  relations: v.optional(
    v.array(v.object({ id, issue_id: id, issue_to_id: id, relation_type: v.string() })),
    [],
  ),
  allowed_statuses: v.optional(v.array(statusSchema), []),
});
/** Enough of a row to go on behind one that can't be understood; `raw` is the whole of it. */
export const rowSchema = v.pipe(
  v.looseObject({ id: v.number(), updated_on: v.string() }),
  v.transform((raw) => ({ id: raw.id, updated_on: Date.parse(raw.updated_on), raw })),
  v.check((row) => Number.isFinite(row.updated_on)),
);

export const timeEntrySchema = v.object({
  id: v.number(),
  user: v.optional(reference, { id: 0, name: 'Anonymous' }),
  hours: v.number(),
  comments: text,
  created_on: instant,
});

export const currentUserSchema = v.object({
  user: v.object({
    id,
    login: v.string(),
    admin: v.optional(v.boolean(), false),
    firstname: text,
    lastname: text,
    mail: v.optional(v.string()),
    memberships: v.optional(v.array(v.object({ project: reference, roles: v.array(v.object({ id })) })), []),
  }),
});
export const userSchema = v.object({
  user: v.object({ id, login: text, firstname: text, lastname: text, mail: v.optional(v.string()) }),
});
export const roleSchema = v.object({
  role: v.object({
    id,
    assignable: v.optional(v.boolean(), true),
    permissions: v.optional(v.array(v.string()), []),
  }),
});
export const membershipSchema = v.object({
  user: v.optional(reference),
  group: v.optional(reference),
  roles: v.array(v.object({ id })),
});
export const projectSchema = v.object({
  id,
  name: v.string(),
  identifier: v.string(),
  status: v.optional(v.number(), 1),
  trackers: v.optional(v.array(reference), []),
  enabled_modules: v.optional(v.array(v.object({ name: v.string() })), []),
  time_entry_activities: v.optional(
    v.array(v.object({ ...reference.entries, is_default: v.optional(v.boolean(), false) })),
    [],
  ),
  issue_custom_fields: v.optional(v.array(reference), []),
});
export const namedStatusSchema = statusSchema;
export const namedPrioritySchema = v.object({
  ...reference.entries,
  is_default: v.optional(v.boolean(), false),
  active: v.optional(v.boolean(), true),
});
export const uploadSchema = v.object({ upload: v.object({ token: v.string() }) });

export type RedmineIssue = v.InferOutput<typeof issueSchema>;
export type RedmineJournal = v.InferOutput<typeof journalSchema>;
export type RedmineDetail = v.InferOutput<typeof detailSchema>;
export type RedmineAttachment = v.InferOutput<typeof attachmentSchema>;
export type RedmineProject = v.InferOutput<typeof projectSchema>;
export type RedmineTimeEntry = v.InferOutput<typeof timeEntrySchema>;
export type RedmineStatus = v.InferOutput<typeof statusSchema>;
