import { ok, type Result } from '../../desk/errors.ts';
import type { FieldDefinition, FieldType } from '../../desk/fieldDefinition.ts';
import { tierField } from '../content/tier.ts';
import type { RtClient } from './client.ts';
import { customFieldSchema, type RtCustomField, type RtTicket } from './schema.ts';

/** What RT's custom fields take. Asked for once for each sign-in. */
export class CustomFields {
  readonly #client: RtClient;
  readonly #known = new Map<string, FieldDefinition | undefined>();

  constructor(client: RtClient) {
    this.#client = client;
  }

  forget(): void {
    this.#known.clear();
  }

  /** The fields of a ticket that can be set from here. Pictures and files, and times in zones of their own, can't. */
  async of(raw: RtTicket, signal: AbortSignal): Promise<Result<FieldDefinition[]>> {
    const ids = raw.CustomFields.filter(({ name }) => name !== tierField).map(({ id }) => id);
    const definitions = await Promise.all(ids.map((id) => this.#definition(id, signal)));
    const settable: FieldDefinition[] = [];
    for (const definition of definitions) {
      if (!definition.ok) return definition;
      if (definition.value !== undefined) settable.push(definition.value);
    }
    return ok(settable);
  }

  async #definition(id: string, signal: AbortSignal): Promise<Result<FieldDefinition | undefined>> {
    if (this.#known.has(id)) return ok(this.#known.get(id));
    const found = await this.#client.get(customFieldSchema, `/customfield/${id}`, signal);
    if (!found.ok && found.error.reason !== 'not-found' && found.error.reason !== 'forbidden') return found;
    const definition = found.ok ? definitionOf(id, found.value.value) : undefined;
    this.#known.set(id, definition);
    return ok(definition);
  }
}

function definitionOf(id: string, raw: RtCustomField): FieldDefinition | undefined {
  const type = typeOf(raw);
  if (type === undefined || raw.Disabled !== 0) return undefined;
  return {
    id,
    name: raw.Name,
    type,
    ...(raw.Values.length > 0 && { choices: raw.Values }),
    ...(/^\(\?#Mandatory\)\.$/.test(raw.Pattern) && { required: true }),
  };
}

function typeOf({ Type: type, MaxValues: most }: RtCustomField): FieldType | undefined {
  const many = most !== 1;
  switch (type) {
    case 'Select':
      return many ? 'choices' : 'choice';
    case 'Freeform':
    case 'Combobox':
    case 'Autocomplete':
    case 'IPAddress':
    case 'IPAddressRange':
      return many ? 'choices' : 'text';
    case 'Text':
    case 'Wikitext':
      return many ? undefined : 'long-text';
    case 'Date':
      return many ? undefined : 'date';
    default:
      return undefined;
  }
}
