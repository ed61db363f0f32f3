import * as v from 'valibot';
import type { Entry } from '../desk/entry.ts';
import { fieldTypes } from '../desk/fieldDefinition.ts';
import { intents } from '../desk/operation.ts';
import { relationKinds, watcherRoles } from '../desk/ticket.ts';
import {
  composerRequests,
  composerVisibilities,
  panelActions,
  suggestionKinds,
  type FromPanel,
  type PanelMemory,
  type PanelState,
  type PropertyChoices,
  type ToPanel,
} from './messages.ts';
import { largestFile } from './files.ts';
import { imageTypes } from './images.ts';
import { safeLink } from './safeLink.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(500));
const text = v.pipe(v.string(), v.maxLength(1_000_000));
const visibility = v.picklist(composerVisibilities);
const ref = v.strictObject({ accountId: id, id });
const url = v.pipe(
  v.string(),
  v.maxLength(8_000),
  v.check((address) => safeLink(address) !== undefined),
);

const value = v.pipe(v.string(), v.maxLength(100_000));
const values = v.pipe(v.array(value), v.maxLength(500));
/** What can be set in place. */
const fields = v.strictObject({
  status: v.optional(id),
  priority: v.optional(id),
  team: v.optional(id),
  tier: v.optional(v.picklist([1, 2, 3])),
  assignee: v.optional(v.nullable(id)),
  tags: v.optional(values),
  custom: v.optional(v.record(id, values)),
});

const fromPanel: v.GenericSchema<unknown, FromPanel> = v.variant('type', [
  v.strictObject({ type: v.literal('ready'), anchor: v.optional(id), begun: v.optional(v.literal(true)) }),
  v.strictObject({ type: v.literal('draft'), ref, visibility, text, turn: v.pipe(v.number(), v.integer()) }),
  v.strictObject({ type: v.literal('send'), ref, visibility, text }),
  v.strictObject({ type: v.picklist(composerRequests), ref, visibility }),
  v.strictObject({
    type: v.literal('attach-bytes'),
    ref,
    visibility,
    name: v.pipe(v.string(), v.maxLength(1_000)),
    bytes: v.pipe(
      v.instance(Uint8Array),
      v.check(({ byteLength }) => byteLength <= largestFile),
    ),
  }),
  v.strictObject({ type: v.literal('detach'), ref, visibility, fileId: id }),
  v.strictObject({
    type: v.literal('suggest'),
    ref,
    visibility,
    kind: v.picklist(suggestionKinds),
    typed: v.pipe(v.string(), v.maxLength(100)),
    turn: v.pipe(v.number(), v.integer()),
  }),
  v.strictObject({ type: v.literal('action'), action: v.picklist(panelActions) }),
  v.strictObject({ type: v.literal('tick'), entryId: id, text, done: v.boolean() }),
  v.strictObject({ type: v.literal('open-link'), url }),
  v.strictObject({ type: v.literal('open-document'), source: v.picklist(['link', 'entry']), id }),
  v.strictObject({ type: v.literal('open-ticket'), ref }),
  v.strictObject({ type: v.literal('open-run'), runId: id }),
  v.strictObject({ type: v.literal('save-attachment'), attachmentId: id }),
  v.strictObject({ type: v.literal('preview'), attachmentId: id }),
  v.strictObject({ type: v.literal('show-all'), entryId: id }),
  v.strictObject({ type: v.literal('ask-choices'), ref }),
  v.strictObject({ type: v.literal('ask-people'), ref, query: v.pipe(v.string(), v.maxLength(200)) }),
  v.strictObject({ type: v.literal('set'), ref, fields }),
  v.strictObject({ type: v.literal('unwatch'), ref, id, role: v.picklist(watcherRoles) }),
  v.strictObject({ type: v.literal('unrelate'), ref, kind: v.picklist(relationKinds), ticketId: id }),
]);

const draft = v.object({
  text: v.string(),
  turn: v.number(),
  files: v.array(v.object({ id, name: v.string(), mediaType: v.string(), size: v.number() })),
  open: v.array(v.string()),
});

/** What every render relies on; the rest of the state is the host's own, checked when it entered the store. */
const stateShape = v.looseObject({
  ticket: v.looseObject({ accountId: v.string(), id: v.string(), key: v.string(), sla: v.array(v.any()) }),
  entryCount: v.optional(v.number()),
  cut: v.record(v.string(), v.number()),
  pending: v.array(v.any()),
  links: v.array(v.any()),
  runs: v.array(v.any()),
  others: v.array(v.any()),
  relatives: v.array(v.any()),
  escalations: v.array(v.any()),
  composer: v.object({ public: draft, internal: draft }),
  now: v.number(),
});

const entryShape = v.looseObject({
  id: v.string(),
  at: v.number(),
  author: v.looseObject({ name: v.string() }),
  visibility: v.picklist(['public', 'internal', 'system']),
  changes: v.array(v.any()),
  attachments: v.array(v.any()),
});

const names = v.array(v.string());
const choicesShape = v.looseObject({
  statuses: names,
  priorities: v.array(v.looseObject({ name: v.string(), rank: v.number() })),
  teams: names,
  tags: names,
  customFields: v.array(v.looseObject({ id: v.string(), name: v.string(), type: v.picklist(fieldTypes) })),
});
const person = v.object({ id: v.string(), name: v.string(), email: v.optional(v.string()) });

const toPanel: v.GenericSchema<unknown, ToPanel> = v.variant('type', [
  v.object({
    type: v.literal('language'),
    language: v.string(),
    words: v.record(v.string(), v.string()),
  }),
  v.object({
    type: v.literal('entries'),
    ref,
    at: v.number(),
    total: v.number(),
    entries: v.array(v.custom<Entry>((entry) => v.is(entryShape, entry))),
  }),
  v.object({
    type: v.literal('state'),
    state: v.custom<PanelState>((state) => v.is(stateShape, state)),
  }),
  v.object({ type: v.literal('gone'), reason: v.string() }),
  v.object({
    type: v.literal('body'),
    entryId: v.string(),
    body: v.object({ text: v.string(), format: v.picklist(['text', 'markdown', 'html']) }),
  }),
  v.object({
    type: v.literal('sent'),
    ref,
    visibility,
    error: v.optional(v.string()),
    kept: v.optional(v.boolean()),
    waits: v.optional(v.picklist(['by-choice', 'signed-out', 'unreachable'])),
  }),
  v.object({
    type: v.literal('preview'),
    attachmentId: v.string(),
    image: v.union([
      v.object({ bytes: v.instance(Uint8Array), mediaType: v.picklist(imageTypes) }),
      v.object({ problem: v.string() }),
    ]),
  }),
  v.object({ type: v.literal('arrived'), intent: v.picklist(intents) }),
  v.object({ type: v.literal('focus-composer'), visibility }),
  v.object({
    type: v.literal('suggestions'),
    turn: v.number(),
    suggestions: v.array(v.object({ label: v.string(), detail: v.string(), text: v.string() })),
  }),
  v.object({ type: v.literal('insert'), ref, visibility, text }),
  v.object({ type: v.literal('composer-problem'), ref, visibility, words: v.string() }),
  v.object({ type: v.literal('ask-for'), what: v.picklist(composerRequests) }),
  v.object({
    type: v.literal('choices'),
    ref,
    choices: v.custom<PropertyChoices>((choices) => v.is(choicesShape, choices)),
  }),
  v.object({ type: v.literal('people'), ref, query: v.string(), people: v.array(person) }),
]);

const memory: v.GenericSchema<unknown, PanelMemory> = v.object({
  ref,
  visibility: v.optional(visibility),
  anchor: v.optional(v.object({ entryId: id, offset: v.number() })),
});

function parse<T>(schema: v.GenericSchema<unknown, T>, input: unknown): T | undefined {
  const result = v.safeParse(schema, input);
  return result.success ? result.output : undefined;
}

/** A message of the webview as the host accepts it; nothing if it is not exactly one. */
export function parseFromPanel(message: unknown): FromPanel | undefined {
  return parse(fromPanel, message);
}

/** A message of the host as the webview accepts it. */
export function parseToPanel(message: unknown): ToPanel | undefined {
  return parse(toPanel, message);
}

/** What a webview kept over a reload. */
export function parseMemory(state: unknown): PanelMemory | undefined {
  return parse(memory, state);
}
