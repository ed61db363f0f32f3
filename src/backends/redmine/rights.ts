import { cancelled, ok, type Result } from '../../desk/errors.ts';
import type { Person } from '../../desk/ticket.ts';
import type { RedmineClient } from './client.ts';
import { currentUserSchema, roleSchema } from './schema.ts';

/** Who we are and what our roles allow, project by project. */
export interface Rights {
  me: Person;
  /** Where we are members. */
  projects: readonly string[];
  may: (projectId: string, permission: string) => boolean;
}

interface Role {
  assignable: boolean;
  permissions: ReadonlySet<string>;
}

/** Rights as Redmine tells everybody about their own: the roles of our memberships, and what a role allows. */
export class RightsOf {
  readonly #client: RedmineClient;
  readonly #roles = new Map<string, Role>();
  #known: Rights | undefined;

  constructor(client: RedmineClient) {
    this.#client = client;
  }

  /** As they were when last asked. */
  async known(signal: AbortSignal): Promise<Result<Rights>> {
    if (signal.aborted) return cancelled();
    return this.#known === undefined ? this.now(signal) : ok(this.#known);
  }

  /** As they are now. */
  async now(signal: AbortSignal): Promise<Result<Rights>> {
    const current = await this.#client.get(currentUserSchema, '/users/current', signal, {
      include: 'memberships',
    });
    if (!current.ok) return current;
    const { user } = current.value;
    this.#roles.clear();
    const ids = new Set(user.memberships.flatMap(({ roles }) => roles.map(({ id }) => id)));
    for (const role of await Promise.all([...ids].map((id) => this.role(id, signal)))) {
      if (!role.ok) return role;
    }
    const permissions = new Map<string, Set<string>>();
    for (const { project, roles } of user.memberships) {
      const own = permissions.get(project.id) ?? new Set<string>();
      for (const { id } of roles) for (const one of this.#roles.get(id)?.permissions ?? []) own.add(one);
      permissions.set(project.id, own);
    }
    const name = `${user.firstname} ${user.lastname}`.trim();
    this.#known = {
      me: { id: user.id, name: name === '' ? user.login : name, ...(user.mail && { email: user.mail }) },
      projects: [...permissions.keys()],
      may: (projectId, permission) => user.admin || (permissions.get(projectId)?.has(permission) ?? false),
    };
    return ok(this.#known);
  }

  /** A role by its number. One that we may not look at allows nothing that we know of. */
  async role(id: string, signal: AbortSignal): Promise<Result<Role>> {
    const known = this.#roles.get(id);
    if (known !== undefined) return ok(known);
    const found = await this.#client.get(roleSchema, `/roles/${id}`, signal);
    if (!found.ok && found.error.reason !== 'not-found' && found.error.reason !== 'forbidden') return found;
    const role: Role = found.ok
      ? {
          assignable: found.value.role.assignable,
          permissions: new Set(found.value.role.permissions),
        }
      : { assignable: true, permissions: new Set() };
    this.#roles.set(id, role);
    return ok(role);
  }
}
