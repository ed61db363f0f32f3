import * as v from 'valibot';

/** RT gives numbers as numbers here and as strings there. */
const text = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => String(value)),
);
const number = v.pipe(
  text,
  v.transform((value) => Number(value || 0)),
  v.finite(),
);
/** ISO with a zone; 1970 and nothing mean "not set". */
const instant = v.pipe(
  v.nullish(v.string(), ''),
  v.transform((value) => (value === '' ? 0 : Date.parse(value))),
  v.finite(),
  v.transform((value) => (value === 0 ? undefined : value)),
);
/** A reference to another record, with what was asked for of it, or its bare id. */
const reference = v.pipe(
  v.union([text, v.object({ id: text, Name: v.optional(text), Lifecycle: v.optional(text) })]),
  v.transform((value) => (typeof value === 'string' ? { id: value } : value)),
);
export const userSchema = v.object({
  Name: v.optional(v.string()),
  RealName: v.nullish(v.string()),
  EmailAddress: v.nullish(v.string()),
  Privileged: v.optional(number, 0),
});
/** A person as listed; `id` is the name, or the number of a group. */
const member = v.object({ ...userSchema.entries, id: text, type: v.optional(v.string()) });
const one = v.pipe(
  v.union([member, v.array(member)]),
  v.transform((value) => (Array.isArray(value) ? value[0] : value)),
);
const customField = v.object({
  id: text,
  name: v.string(),
  values: v.array(
    v.pipe(
      v.union([text, v.object({ filename: v.string() }), v.null()]),
      v.transform((value) => (typeof value === 'string' ? value : (value?.filename ?? ''))),
    ),
  ),
});
export const linkSchema = v.object({
  ref: v.optional(v.string()),
  to: v.optional(v.string()),
  type: v.optional(v.string()),
  id: v.optional(text),
});

export const ticketSchema = v.object({
  id: text,
  EffectiveId: v.optional(reference),
  Subject: v.nullish(v.string(), ''),
  Status: v.string(),
  Queue: reference,
  Owner: v.optional(one),
  Requestor: v.optional(v.array(member), []),
  Cc: v.optional(v.array(member)),
  AdminCc: v.optional(v.array(member)),
  Priority: v.optional(number, 0),
  Created: instant,
  LastUpdated: instant,
  Resolved: instant,
  Started: instant,
  Due: instant,
  SLA: v.nullish(v.string()),
  TimeWorked: v.optional(number, 0),
  CustomFields: v.optional(v.array(customField), []),
  _hyperlinks: v.optional(v.array(linkSchema), []),
});
/** What a list of tickets gives at least: enough to go on behind one that can't be understood. */
export const listedTicketSchema = v.looseObject({ id: text });
/** What is asked of tickets in lists; must be names RT knows, or it fails with 500. */
export const ticketFields =
  'Subject,Queue,Owner,Requestor,Status,Priority,Created,LastUpdated,Resolved,Started,Due,SLA,EffectiveId,TimeWorked,CustomFields';

/** What is asked of a ticket's queue. */
export const queueFields = 'Name,Lifecycle';

export const transactionSchema = v.object({
  id: number,
  Type: v.string(),
  Field: v.nullish(v.string(), ''),
  OldValue: v.nullish(text, ''),
  NewValue: v.nullish(text, ''),
  TimeTaken: v.optional(number, 0),
  Created: instant,
  Creator: member,
});
export const transactionFields = 'Type,Field,OldValue,NewValue,TimeTaken,Created,Creator';

export const changeSchema = v.object({ id: number, ObjectId: text });

export const attachmentSchema = v.object({
  id: text,
  TransactionId: number,
  ContentType: v.nullish(v.string(), ''),
  Filename: v.nullish(v.string(), ''),
  ContentLength: v.optional(number, 0),
});
export const attachmentFields = 'TransactionId,ContentType,Filename,ContentLength';

export const contentSchema = v.object({ id: text, Content: v.nullish(v.string(), '') });

export const queueSchema = v.object({
  id: text,
  Name: v.string(),
  Lifecycle: v.nullish(v.string(), ''),
  Disabled: v.optional(number, 0),
  SLADisabled: v.optional(number, 1),
  TicketCustomFields: v.optional(v.array(v.object({ name: v.string() })), []),
  _hyperlinks: v.optional(v.array(linkSchema), []),
});

export const customFieldSchema = v.object({
  Name: v.string(),
  Type: v.string(),
  MaxValues: v.optional(number, 1),
  Pattern: v.nullish(v.string(), ''),
  Disabled: v.optional(number, 0),
  Values: v.optional(v.array(text), []),
});

export const groupSchema = v.object({ Members: v.optional(v.array(member), []) });
export const versionSchema = v.object({ Version: v.string() });
export const createdSchema = v.object({ id: text });
export const itemSchema = v.object({ id: text });
export const listedUserSchema = member;

export type RtTicket = v.InferOutput<typeof ticketSchema>;
export type RtTransaction = v.InferOutput<typeof transactionSchema>;
export type RtAttachment = v.InferOutput<typeof attachmentSchema>;
export type RtQueue = v.InferOutput<typeof queueSchema>;
export type RtCustomField = v.InferOutput<typeof customFieldSchema>;
export type RtUser = v.InferOutput<typeof member>;
