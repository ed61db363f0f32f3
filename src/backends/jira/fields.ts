import { fail, ok, type DeskError, type Result } from '../../desk/errors.ts';
import { fieldProblem, type FieldDefinition, type FieldType } from '../../desk/fieldDefinition.ts';
import type { TicketFields } from '../../desk/operation.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { sameText } from '../content/written.ts';
import type { Edition } from './edition.ts';
import type { FieldMeta } from './schema.ts';

type Custom = NonNullable<TicketFields['custom']>;
type Metas = Readonly<Record<string, FieldMeta>>;

/** Those of the fields that can be asked for here. */
export function definitionsOf(metas: Metas): FieldDefinition[] {
  return Object.entries(metas).flatMap(([id, meta]) => definitionOf(id, meta) ?? []);
}

/** What a field takes, if it is of a kind that can be typed or chosen. */
function definitionOf(id: string, meta: FieldMeta): FieldDefinition | undefined {
  const type = typeOf(meta);
  if (type === undefined) return undefined;
  const choices = meta.allowedValues.flatMap(({ value, name }) => value ?? name ?? []);
  const isChoice = type === 'choice' || type === 'choices';
  return {
    id,
    name: meta.name,
    type,
    ...(isChoice && { choices }),
    ...(meta.required && !meta.hasDefaultValue && { required: true }),
  };
}

function typeOf({ schema, allowedValues }: FieldMeta): FieldType | undefined {
  const kind = schema?.custom?.replace(/^.*:/, '');
  const isList = schema?.items === 'option';
  const types: Record<string, FieldType | false> = {
    option: allowedValues.length > 0 && 'choice',
    resolution: allowedValues.length > 0 && 'choice',
    array: isList && allowedValues.length > 0 && 'choices',
    number: 'number',
    date: 'date',
    string: kind === 'textarea' ? 'long-text' : (kind === 'textfield' || kind === 'url') && 'text',
  };
  return types[schema?.type ?? ''] || undefined;
}

/** The values as Jira takes them; what does not fit is refused before anything is sent. */
export function fieldsFor(custom: Custom, metas: Metas, edition: Edition): Result<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const [id, values] of Object.entries(custom)) {
    const meta = metas[id];
    const definition = meta && definitionOf(id, meta);
    if (meta === undefined || definition === undefined) {
      return refused(`The field "${id}" can't be set on this ticket from here.`);
    }
    if (fieldProblem(definition, values) !== undefined) {
      return refused(`"${definition.name}" does not take "${values.join(', ')}".`);
    }
    fields[id] = valueFor(definition, meta, values, edition);
  }
  return ok(fields);
}

function valueFor(
  { type }: FieldDefinition,
  { allowedValues }: FieldMeta,
  values: readonly string[],
  edition: Edition,
): unknown {
  const option = (text: string) => {
    const named = allowedValues.some(({ value }) => value === text) ? 'value' : 'name';
    return { [named]: text };
  };
  if (type === 'choices') return values.map(option);
  const [value = ''] = values;
  if (value.trim() === '') return null;
  if (type === 'choice') return option(value);
  if (type === 'number') return Number(value.replace(',', '.'));
  return type === 'long-text' ? edition.fieldText(value) : value;
}

/** Has a ticket these values in its custom fields? */
export function isSet({ customFields }: Ticket, custom: Custom): boolean {
  return Object.entries(custom).every(([id, wanted]) => {
    const has = customFields.find((field) => field.id === id)?.values ?? [];
    const same = (value: string) => (one: string) =>
      sameText(one, value) || (value.trim() !== '' && Number(one) === Number(value.replace(',', '.')));
    return has.length === wanted.length && wanted.every((value) => has.some(same(value)));
  });
}

function refused(message: string): { ok: false; error: DeskError } {
  return fail({ reason: 'rejected', field: 'custom', message });
}
