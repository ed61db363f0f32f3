import * as v from 'valibot';
import { ok, type Result } from '../../desk/errors.ts';
import type { FieldDefinition, FieldType } from '../../desk/fieldDefinition.ts';
import { tierField } from '../content/tier.ts';
import type { RedmineClient } from './client.ts';
import type { RedmineIssue } from './schema.ts';

const definitionSchema = v.object({
  id: v.pipe(
    v.number(),
    v.transform((id) => String(id)),
  ),
  name: v.string(),
  field_format: v.optional(v.string(), 'string'),
  multiple: v.optional(v.boolean(), false),
  is_required: v.optional(v.boolean(), false),
  possible_values: v.optional(v.array(v.object({ value: v.string() })), []),
});
type Definition = v.InferOutput<typeof definitionSchema>;

/** How a field is called in a ticket's `customFields`. */
export function fieldId(id: string): string {
  return `cf_${id}`;
}

/**
 * What Redmine's custom fields take. It tells only administrators; everybody else writes a value, and Redmine refuses
 * what does not fit.
 */
export class CustomFields {
  readonly #client: RedmineClient;
  #all: Definition[] | 'secret' | undefined;

  constructor(client: RedmineClient) {
    this.#client = client;
  }

  forget(): void {
    this.#all = undefined;
  }

  async of(raw: RedmineIssue, signal: AbortSignal): Promise<Result<FieldDefinition[]>> {
    const all = await this.#definitions(signal);
    if (!all.ok) return all;
    const known = all.value === 'secret' ? [] : all.value;
    return ok(
      raw.custom_fields.flatMap((field): FieldDefinition[] => {
        if (field.name === tierField) return [];
        const definition = known.find(({ id }) => id === field.id);
        const base = { id: fieldId(field.id), name: field.name };
        if (all.value === 'secret') return [{ ...base, type: field.multiple ? 'choices' : 'text' }];
        const type = definition && typeOf(definition);
        if (definition === undefined || type === undefined) return [];
        const choices = choicesOf(definition);
        return [
          {
            ...base,
            type,
            ...(choices.length > 0 && { choices }),
            ...(definition.is_required && { required: true }),
          },
        ];
      }),
    );
  }

  async #definitions(signal: AbortSignal): Promise<Result<Definition[] | 'secret'>> {
    if (this.#all !== undefined) return ok(this.#all);
    const listed = await this.#client.whole(definitionSchema, '/custom_fields', 'custom_fields', signal);
    if (!listed.ok && listed.error.reason !== 'forbidden' && listed.error.reason !== 'not-found')
      return listed;
    this.#all = listed.ok ? listed.value : 'secret';
    return ok(this.#all);
  }
}

function choicesOf({ field_format: format, possible_values: values }: Definition): string[] {
  return format === 'bool' ? ['1', '0'] : values.map(({ value }) => value);
}

/** Fields that name a user or a version take numbers that nobody should have to type. */
function typeOf({ field_format: format, multiple }: Definition): FieldType | undefined {
  switch (format) {
    case 'list':
    case 'enumeration':
      return multiple ? 'choices' : 'choice';
    case 'bool':
      return 'choice';
    case 'string':
    case 'link':
      return 'text';
    case 'text':
      return 'long-text';
    case 'int':
    case 'float':
      return 'number';
    case 'date':
      return 'date';
    default:
      return undefined;
  }
}
