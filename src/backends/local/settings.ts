import * as v from 'valibot';
import { defaultSlaPolicy, type BusinessHours, type SlaPolicy } from '../../desk/slaPolicy.ts';
import { fieldTypes, type FieldDefinition } from '../../desk/fieldDefinition.ts';
import type { Person, PriorityRank, Tier } from '../../desk/ticket.ts';
import { personFrom } from './people.ts';

/** How the local desk is set up: the setting `deskside.localDesk`. */
export interface LocalDeskSettings {
  /** Who works here. */
  user: Person;
  /** Colleagues that tickets can be assigned to before any ticket names them. */
  people: Person[];
  teams: { name: string; tier?: Tier }[];
  /** Custom fields that can be set on every ticket. */
  fields: FieldDefinition[];
  sla: SlaPolicy;
}

export const defaultTeams: LocalDeskSettings['teams'] = [
  { name: 'Service Desk', tier: 1 },
  { name: 'Desktop Support', tier: 2 },
  { name: 'Network & Infrastructure', tier: 2 },
  { name: 'Applications', tier: 2 },
  { name: 'Engineering', tier: 3 },
];

const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const minutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(366 * 24 * 60));
const targets = v.strictObject({ firstResponse: minutes, resolution: minutes });
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const timeOfDay = v.pipe(
  v.string(),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day such as 08:30'),
  v.transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))),
);
const hours = v.pipe(
  v.strictObject({
    zone: v.optional(
      v.pipe(v.string(), v.check(isZone, 'must be a time zone such as Europe/Berlin')),
      ownZone,
    ),
    days: v.optional(v.pipe(v.array(v.picklist(weekdays)), v.minLength(1)), [
      'Mon',
      'Tue',
      'Wed',
      'Thu',
      'Fri',
    ]),
    from: timeOfDay,
    to: timeOfDay,
    holidays: v.optional(v.array(v.pipe(v.string(), v.isoDate('must be a date such as 2026-12-25'))), []),
  }),
  v.check(({ from, to }) => from < to, '"from" must be before "to"'),
  v.transform(({ days, ...rest }): BusinessHours => ({
    ...rest,
    days: days.map((day) => weekdays.indexOf(day) + 1),
  })),
);

const fields = {
  user: name,
  people: v.array(name),
  teams: v.pipe(
    v.array(v.strictObject({ name, tier: v.optional(v.picklist([1, 2, 3])) })),
    v.minLength(1, 'must name at least one team'),
  ),
  fields: v.pipe(
    v.array(
      v.strictObject({
        name,
        type: v.optional(v.picklist(fieldTypes), 'text'),
        choices: v.optional(v.array(name)),
        required: v.optional(v.boolean()),
      }),
    ),
    v.check(
      (all) => all.every(({ type, choices = [] }) => !type.startsWith('choice') || choices.length > 0),
      'a choice needs "choices"',
    ),
    v.check((all) => new Set(all.map((one) => one.name)).size === all.length, 'two have the same name'),
    v.transform((all) => all.map((one): FieldDefinition => ({ id: one.name, ...one }))),
  ),
  sla: v.strictObject({
    targets: v.optional(v.strictObject(v.entriesFromList(['P1', 'P2', 'P3', 'P4'], v.optional(targets)))),
    businessHours: v.optional(hours),
  }),
};

/**
 * The setting as the user wrote it, each part by itself: one that can't be understood is replaced by its default and
 * named in `problems`. `systemUser` works here when the setting does not say who.
 */
export function readLocalDeskSettings(
  setting: unknown,
  systemUser: string,
): { settings: LocalDeskSettings; problems: string[] } {
  const problems: string[] = [];
  const raw = v.is(v.record(v.string(), v.unknown()), setting) ? setting : {};
  const part = <S extends v.GenericSchema>(key: string, schema: S): v.InferOutput<S> | undefined => {
    if (raw[key] === undefined || raw[key] === '') return undefined;
    const parsed = v.safeParse(schema, raw[key]);
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue);
    problems.push(`deskside.localDesk.${key}${path === null ? '' : `.${path}`}: ${issue.message}`);
    return undefined;
  };
  const user = part('user', fields.user);
  const sla = part('sla', fields.sla);
  return {
    settings: {
      user: personFrom(user ?? systemUser),
      people: (part('people', fields.people) ?? []).map(personFrom),
      teams: part('teams', fields.teams) ?? defaultTeams,
      fields: part('fields', fields.fields) ?? [],
      sla: {
        targets: { ...defaultSlaPolicy.targets, ...ranked(sla?.targets ?? {}) },
        ...(sla?.businessHours !== undefined && { hours: sla.businessHours }),
      },
    },
    problems,
  };
}

type Targets = Partial<Record<`P${PriorityRank}`, v.InferOutput<typeof targets>>>;

function ranked(named: Targets): Partial<SlaPolicy['targets']> {
  const given = ([1, 2, 3, 4] as const).flatMap((rank) => {
    const one = named[`P${rank}`];
    return one === undefined ? [] : [[rank, one] as const];
  });
  return Object.fromEntries(given);
}

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
