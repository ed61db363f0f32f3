import * as v from 'valibot';
import { adfSchema } from './adf.ts';

const instant = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.finite(),
);
/** Cloud knows people by an id, Data Center by a name. */
export const userSchema = v.object({
  accountId: v.optional(v.string()),
  name: v.optional(v.string()),
  displayName: v.optional(v.string(), ''),
  emailAddress: v.nullish(v.string()),
  active: v.optional(v.boolean(), true),
  accountType: v.optional(v.string()),
});
export type User = v.InferOutput<typeof userSchema>;
const named = v.object({ name: v.string() });
const document = v.nullish(v.union([v.string(), adfSchema]));

const attachmentSchema = v.object({
  id: v.union([v.string(), v.pipe(v.number(), v.transform(String))]),
  filename: v.string(),
  mimeType: v.nullish(v.string(), 'application/octet-stream'),
  size: v.optional(v.number()),
  content: v.optional(v.string()),
  author: v.nullish(userSchema),
  created: instant,
});

const other = v.object({ id: v.string(), key: v.string() });

export const statusSchema = v.object({ name: v.string(), statusCategory: v.object({ key: v.string() }) });
export const issueSchema = v.object({
  id: v.string(),
  key: v.string(),
  names: v.optional(v.record(v.string(), v.string()), {}),
  fields: v.looseObject({
    summary: v.string(),
    description: document,
    status: statusSchema,
    priority: v.nullish(named),
    issuetype: named,
    project: v.object({ key: v.string(), name: v.string() }),
    labels: v.optional(v.array(v.string()), []),
    assignee: v.nullish(userSchema),
    reporter: v.nullish(userSchema),
    created: instant,
    updated: instant,
    resolutiondate: v.nullish(instant),
    resolution: v.nullish(named),
    attachment: v.optional(v.array(attachmentSchema), []),
    parent: v.nullish(other),
    subtasks: v.optional(v.array(other), []),
    issuelinks: v.optional(
      v.array(v.object({ id: v.string(), inwardIssue: v.nullish(other), outwardIssue: v.nullish(other) })),
      [],
    ),
  }),
});
export type Issue = v.InferOutput<typeof issueSchema>;

/** Enough to go on behind an issue that can't be understood. */
export const listedSchema = v.looseObject({
  id: v.string(),
  key: v.string(),
  fields: v.looseObject({ updated: instant }),
});
export const searchSchema = v.object({
  issues: v.array(v.unknown()),
  names: v.optional(v.record(v.string(), v.string())),
  nextPageToken: v.nullish(v.string()),
});

const properties = v.optional(v.array(v.object({ key: v.string(), value: v.unknown() })), []);
export const commentSchema = v.object({
  id: v.string(),
  author: v.nullish(userSchema),
  body: document,
  created: instant,
  jsdPublic: v.optional(v.boolean()),
  /** The role or group that alone may read it. */
  visibility: v.nullish(v.unknown()),
  properties,
});
export type Comment = v.InferOutput<typeof commentSchema>;
export const worklogSchema = v.object({
  id: v.string(),
  author: v.nullish(userSchema),
  comment: document,
  started: instant,
  created: instant,
  timeSpentSeconds: v.number(),
  properties,
});
export const historySchema = v.object({
  id: v.string(),
  author: v.nullish(userSchema),
  created: instant,
  items: v.array(
    v.object({
      field: v.string(),
      from: v.nullish(v.string()),
      to: v.nullish(v.string()),
      fromString: v.nullish(v.string()),
      toString: v.nullish(v.string()),
    }),
  ),
});
export type History = v.InferOutput<typeof historySchema>;
/** What is told of a field of a screen. */
export const fieldMetaSchema = v.object({
  required: v.boolean(),
  name: v.string(),
  hasDefaultValue: v.optional(v.boolean(), false),
  schema: v.optional(
    v.object({ type: v.string(), items: v.optional(v.string()), custom: v.optional(v.string()) }),
  ),
  allowedValues: v.optional(
    v.array(v.looseObject({ name: v.optional(v.string()), value: v.optional(v.string()) })),
    [],
  ),
});
export type FieldMeta = v.InferOutput<typeof fieldMetaSchema>;
export const editMetaSchema = v.object({ fields: v.record(v.string(), fieldMetaSchema) });
export const transitionSchema = v.object({
  id: v.string(),
  to: statusSchema,
  fields: v.optional(v.record(v.string(), fieldMetaSchema), {}),
});
export type Transition = v.InferOutput<typeof transitionSchema>;
export const projectSchema = v.object({
  key: v.string(),
  name: v.string(),
  projectTypeKey: v.optional(v.string()),
});
export type Project = v.InferOutput<typeof projectSchema>;
export const createdSchema = v.object({ id: v.string(), key: v.string() });
export const permissionsSchema = v.object({
  permissions: v.record(v.string(), v.object({ havePermission: v.boolean() })),
});
export const typeSchema = v.object({
  id: v.string(),
  name: v.string(),
  subtask: v.optional(v.boolean(), false),
});
export const nameSchema = named;
const time = v.nullish(v.object({ epochMillis: v.number() }));
export const slaSchema = v.object({
  name: v.string(),
  completedCycles: v.array(v.object({ breached: v.boolean(), stopTime: time, breachTime: time })),
  ongoingCycle: v.nullish(v.object({ breached: v.boolean(), paused: v.boolean(), breachTime: time })),
});
export type Sla = v.InferOutput<typeof slaSchema>;
/** Which of our steps wrote something, and the Markdown it was written as. */
export const markSchema = v.object({
  key: v.string(),
  markdown: v.optional(v.string()),
  body: v.optional(v.string()),
});
