import * as v from 'valibot';
import type { FieldDefinition } from '../../desk/fieldDefinition.ts';
import { ok, type Result } from '../../desk/errors.ts';
import type { TicketFields } from '../../desk/operation.ts';
import { rejected } from '../parts/steps.ts';
import type { JiraClient } from './client.ts';
import type { Edition } from './edition.ts';
import { definitionsOf, fieldsFor } from './fields.ts';
import { transitionSchema, type Transition } from './schema.ts';

type Custom = NonNullable<TicketFields['custom']>;

/** The ways that the workflow has from where the ticket is. */
export function transitionsOf(
  client: JiraClient,
  id: string,
  signal: AbortSignal,
): Promise<Result<Transition[]>> {
  return client
    .get(v.object({ transitions: v.array(transitionSchema) }), `/issue/${id}/transitions`, signal, {
      expand: 'transitions.fields',
    })
    .then((answer) => (answer.ok ? ok(answer.value.transitions) : answer));
}

/** What the screen of a way insists on. */
export function askedOn({ fields }: Transition): FieldDefinition[] {
  return definitionsOf(fields).filter(({ required }) => required === true);
}

/** A way with what is given for its screen, and what of `custom` is left for elsewhere. */
export function onTheWay(
  way: Transition,
  custom: Custom,
  edition: Edition,
): Result<{ body: object; left: Custom }> {
  const onScreen: Custom = {};
  const left: Custom = {};
  for (const [id, values] of Object.entries(custom)) (id in way.fields ? onScreen : left)[id] = values;
  for (const [id, field] of Object.entries(way.fields)) {
    if (!field.required || field.hasDefaultValue || (onScreen[id] ?? []).length > 0) continue;
    const usual = id === 'resolution' ? usualOf(field.allowedValues) : undefined;
    if (usual !== undefined) onScreen[id] = [usual];
    else
      return missing(
        field.name,
        way,
        askedOn(way).some((one) => one.id === id),
      );
  }
  const fields = fieldsFor(onScreen, way.fields, edition);
  if (!fields.ok) return fields;
  const given = Object.keys(fields.value).length > 0;
  return ok({ body: { transition: { id: way.id }, ...(given && { fields: fields.value }) }, left });
}

function usualOf(allowed: readonly { name?: string | undefined }[]): string | undefined {
  return (allowed.find(({ name }) => name === 'Done') ?? allowed[0])?.name;
}

function missing(name: string, { to }: Transition, canBeGiven: boolean) {
  const how = canBeGiven ? 'Change the status with it.' : 'Change it in the browser.';
  return rejected('status', `Jira asks for "${name}" on the way to "${to.name}". ${how}`);
}
