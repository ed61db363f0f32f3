import { ok, type Result } from '../../desk/errors.ts';
import type { Person } from '../../desk/ticket.ts';
import type { RedmineClient } from './client.ts';
import type { RightsOf } from './rights.ts';
import { membershipSchema, rowSchema, userSchema } from './schema.ts';

interface Member extends Person {
  group: boolean;
  assignable: boolean;
}

const mostProjects = 20;
const mostPeople = 20;
/** So many are asked for their addresses when one is looked for. */
const mostAsked = 100;

/** People and groups of one Redmine; they share one row of numbers, and both can be assigned to. */
export class People {
  readonly #client: RedmineClient;
  readonly #rights: RightsOf;
  readonly #members = new Map<string, Member[]>();
  readonly #names = new Map<string, string>();
  /** Of those that are no user we know: are they a group of ours? */
  readonly #ours = new Map<string, boolean>();

  constructor(client: RedmineClient, rights: RightsOf) {
    this.#client = client;
    this.#rights = rights;
  }

  forget(): void {
    this.#members.clear();
    this.#ours.clear();
  }

  remember(person: { id: string; name: string }): Person {
    if (person.name !== '') this.#names.set(person.id, person.name);
    return { id: person.id, name: person.name === '' ? person.id : person.name };
  }

  /** By number, as the journals name people; somebody we may not look at is known by that alone. */
  async nameOf(id: string, signal: AbortSignal): Promise<Result<string>> {
    const known = this.#names.get(id);
    if (known !== undefined) return ok(known);
    const found = await this.#client.get(userSchema, `/users/${id}`, signal);
    if (!found.ok && found.error.reason !== 'not-found' && found.error.reason !== 'forbidden') return found;
    const name = found.ok ? `${found.value.user.firstname} ${found.value.user.lastname}`.trim() : id;
    this.#names.set(id, name);
    return ok(name);
  }

  /** Who is in a project, people and groups. */
  async members(projectId: string, signal: AbortSignal): Promise<Result<Member[]>> {
    const known = this.#members.get(projectId);
    if (known !== undefined) return ok(known);
    const listed = await this.#client.all(
      membershipSchema,
      `/projects/${projectId}/memberships`,
      'memberships',
      signal,
    );
    if (!listed.ok) return listed;
    const members: Member[] = [];
    for (const { user, group, roles } of listed.value) {
      const principal = user ?? group;
      if (principal === undefined) continue;
      const held = await Promise.all(roles.map(({ id }) => this.#rights.role(id, signal)));
      let assignable = false;
      for (const role of held) {
        if (!role.ok) return role;
        assignable ||= role.value.assignable;
      }
      members.push({ ...this.remember(principal), group: user === undefined, assignable });
    }
    this.#members.set(projectId, members);
    return ok(members);
  }

  /** Is what is assigned to this number assigned to us: are we it, or in it? Only Redmine knows who is in a group. */
  async isOurs(
    assignee: string | undefined,
    ticketId: string,
    signal: AbortSignal,
  ): Promise<Result<boolean>> {
    const rights = await this.#rights.known(signal);
    if (!rights.ok) return rights;
    if (assignee === undefined) return ok(false);
    if (assignee === rights.value.me.id) return ok(true);
    const known = this.#ours.get(assignee);
    if (known !== undefined) return ok(known);
    const everybody = await this.#everybody(signal);
    if (!everybody.ok) return everybody;
    const isUser = everybody.value.get(assignee)?.group === false;
    const asked = isUser
      ? ok({ count: 0 })
      : await this.#client.page(rowSchema, '/issues', 'issues', signal, {
          issue_id: ticketId,
          assigned_to_id: 'me',
          status_id: '*',
          limit: 1,
        });
    if (!asked.ok) return asked;
    this.#ours.set(assignee, asked.value.count > 0);
    return ok(asked.value.count > 0);
  }

  /** Those who may be assigned to, best match first. */
  async search(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    const all = await this.#everybody(signal);
    if (!all.ok) return all;
    const wanted = query.trim().toLowerCase();
    const people = [...all.value.values()].filter((member) => member.assignable);
    const found = people
      .map((member) => ({ member, distance: distance(wanted, member.name.toLowerCase()) }))
      .filter((one) => one.distance !== undefined)
      .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0) || a.member.name.localeCompare(b.member.name));
    const limited = wanted === '' ? found : found.slice(0, mostPeople);
    return ok(limited.map(({ member }) => ({ id: member.id, name: member.name })));
  }

  /** Somebody of a project by number, name, sign-in name or address; nothing for a stranger. */
  async find(who: string, projectId: string, signal: AbortSignal): Promise<Result<Person | undefined>> {
    const members = await this.members(projectId, signal);
    if (!members.ok) return members;
    const wanted = who.trim().toLowerCase();
    const users = members.value.filter(({ group }) => !group);
    const named = users.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
    if (named !== undefined) return ok({ id: named.id, name: named.name });
    const details = await Promise.all(
      users.slice(0, mostAsked).map(({ id }) => this.#client.get(userSchema, `/users/${id}`, signal)),
    );
    for (const detail of details) {
      if (!detail.ok) {
        if (detail.error.reason === 'not-found' || detail.error.reason === 'forbidden') continue;
        return detail;
      }
      const { user } = detail.value;
      if (user.login.toLowerCase() !== wanted && user.mail?.toLowerCase() !== wanted) continue;
      const name = `${user.firstname} ${user.lastname}`.trim();
      return ok({ id: user.id, name, ...(user.mail && { email: user.mail }) });
    }
    return ok(undefined);
  }

  async #everybody(signal: AbortSignal): Promise<Result<Map<string, Member>>> {
    const rights = await this.#rights.known(signal);
    if (!rights.ok) return rights;
    const all = new Map<string, Member>();
    const lists = await Promise.all(
      rights.value.projects.slice(0, mostProjects).map((id) => this.members(id, signal)),
    );
    for (const list of lists) {
      if (!list.ok) {
        if (list.error.reason === 'forbidden' || list.error.reason === 'not-found') continue;
        return list;
      }
      for (const member of list.value) {
        const assignable = member.assignable || (all.get(member.id)?.assignable ?? false);
        all.set(member.id, { ...member, assignable });
      }
    }
    return ok(all);
  }
}

function distance(wanted: string, name: string): number | undefined {
  if (name.startsWith(wanted)) return 0;
  if (name.split(/\s+/).some((word) => word.startsWith(wanted))) return 1;
  return name.includes(wanted) ? 2 : undefined;
}
