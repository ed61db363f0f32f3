import { fail, ok, type DeskError, type Result } from '../../desk/errors.ts';
import type { TicketFields } from '../../desk/operation.ts';
import { fieldProblem } from '../../desk/fieldDefinition.ts';
import { tierField } from '../content/tier.ts';
import { fieldId, type CustomFields } from './customFields.ts';
import type { Lookups } from './lookups.ts';
import type { People } from './people.ts';
import type { RightsOf } from './rights.ts';
import type { RedmineIssue } from './schema.ts';
import { statusesFor } from './vocabulary.ts';

/** Fields as Redmine wants them. What is wrong with one is found before anything is sent, as it would take the rest. */
export class Fields {
  readonly #lookups: Lookups;
  readonly #people: People;
  readonly #rights: RightsOf;
  readonly #customFields: CustomFields;

  constructor(lookups: Lookups, people: People, rights: RightsOf, customFields: CustomFields) {
    this.#customFields = customFields;
    this.#lookups = lookups;
    this.#people = people;
    this.#rights = rights;
  }

  async changes(
    raw: RedmineIssue,
    fields: TicketFields,
    signal: AbortSignal,
  ): Promise<Result<Record<string, unknown>>> {
    const issue: Record<string, unknown> = {};
    const custom: { id: number; value: string | string[] }[] = [];
    if (fields.tags !== undefined) return fail({ reason: 'unsupported', message: 'Redmine has no tags.' });
    if (fields.subject !== undefined) {
      if (fields.subject.trim() === '') return refused('subject', 'A ticket needs a subject.');
      issue.subject = fields.subject;
    }
    if (fields.status !== undefined) {
      const status = statusesFor(raw).find(({ name }) => name === fields.status);
      if (status === undefined) {
        return refused('status', `The ticket can't become "${fields.status}" now, for your roles.`);
      }
      issue.status_id = Number(status.id);
    }
    if (fields.priority !== undefined) {
      const id = await this.priority(fields.priority, signal);
      if (!id.ok) return id;
      issue.priority_id = id.value;
    }
    if (fields.tier !== undefined) {
      const field = raw.custom_fields.find(({ name }) => name === tierField);
      if (field === undefined) {
        return fail({ reason: 'unsupported', message: `Tickets here have no field "${tierField}".` });
      }
      custom.push({ id: Number(field.id), value: String(fields.tier) });
    }
    if (fields.custom !== undefined) {
      const values = await this.#custom(raw, fields.custom, signal);
      if (!values.ok) return values;
      custom.push(...values.value);
    }
    if (custom.length > 0) issue.custom_fields = custom;
    let projectId = raw.project.id;
    if (fields.team !== undefined) {
      const project = await this.team(fields.team, raw.project.id, signal);
      if (!project.ok) return project;
      projectId = project.value;
      issue.project_id = Number(projectId);
    }
    if (fields.assignee !== undefined) {
      const assignee = await this.#assignee(fields.assignee, projectId, signal);
      if (!assignee.ok) return assignee;
      issue.assigned_to_id = assignee.value;
    }
    return ok(issue);
  }

  async #custom(
    raw: RedmineIssue,
    wanted: NonNullable<TicketFields['custom']>,
    signal: AbortSignal,
  ): Promise<Result<{ id: number; value: string | string[] }[]>> {
    const definitions = await this.#customFields.of(raw, signal);
    if (!definitions.ok) return definitions;
    const set: { id: number; value: string | string[] }[] = [];
    for (const [id, values] of Object.entries(wanted)) {
      const definition = definitions.value.find((one) => one.id === id);
      const field = raw.custom_fields.find((one) => fieldId(one.id) === id);
      if (definition === undefined || field === undefined) {
        return refused('custom', `The field "${id}" can't be set on this ticket.`);
      }
      if (fieldProblem(definition, values) !== undefined) {
        return refused('custom', `"${definition.name}" does not take "${values.join(', ')}".`);
      }
      set.push({ id: Number(field.id), value: field.multiple ? values : (values[0] ?? '') });
    }
    return ok(set);
  }

  async priority(name: string, signal: AbortSignal): Promise<Result<number>> {
    const all = await this.#lookups.priorities(signal);
    if (!all.ok) return all;
    const found = all.value.find((one) => one.name === name);
    return found === undefined
      ? refused('priority', `There is no priority "${name}".`)
      : ok(Number(found.id));
  }

  /** A project where we may put tickets, or where this one is. */
  async team(name: string, present: string | undefined, signal: AbortSignal): Promise<Result<string>> {
    const project = await this.#lookups.projectOf(name, signal);
    if (!project.ok) return project;
    const rights = await this.#rights.known(signal);
    if (!rights.ok) return rights;
    const id = project.value?.id;
    return id !== undefined && (id === present || rights.value.may(id, 'add_issues'))
      ? ok(id)
      : refused('team', `There is no project "${name}" that you can put tickets in.`);
  }

  async #assignee(
    id: string | null,
    projectId: string,
    signal: AbortSignal,
  ): Promise<Result<number | string>> {
    // Redmine takes no heed of a null here.
    if (id === null) return ok('');
    const members = await this.#people.members(projectId, signal);
    if (!members.ok) {
      const { reason } = members.error;
      // Redmine itself refuses strangers; we only could not look.
      return reason === 'forbidden' && /^\d+$/.test(id) ? ok(Number(id)) : members;
    }
    return members.value.some((member) => member.id === id && member.assignable)
      ? ok(Number(id))
      : refused('assignee', "Tickets of this project can't be assigned to them.");
  }
}

function refused(field: keyof TicketFields, message: string): { ok: false; error: DeskError } {
  return fail({ reason: 'rejected', message, field });
}
