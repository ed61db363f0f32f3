import { ok, type Result } from '../../desk/errors.ts';
import type { Priority, Status } from '../../desk/ticket.ts';
import type { Team } from '../backend.ts';
import { tierOfTeam } from '../content/tier.ts';
import type { RedmineClient } from './client.ts';
import { rankOf, statusOf } from './labels.ts';
import {
  namedPrioritySchema,
  namedStatusSchema,
  projectSchema,
  type RedmineProject,
  type RedmineStatus,
} from './schema.ts';

interface RankedPriority extends Priority {
  id: string;
  active: boolean;
}

/** What Redmine calls its statuses, priorities and projects. Asked for once for each sign-in. */
export class Lookups {
  readonly #client: RedmineClient;
  #statuses: RedmineStatus[] | undefined;
  #priorities: RankedPriority[] | undefined;
  #projects: RedmineProject[] | undefined;

  constructor(client: RedmineClient) {
    this.#client = client;
  }

  forget(): void {
    this.#statuses = undefined;
    this.#priorities = undefined;
    this.#projects = undefined;
  }

  async statuses(signal: AbortSignal): Promise<Result<RedmineStatus[]>> {
    if (this.#statuses !== undefined) return ok(this.#statuses);
    const listed = await this.#client.whole(namedStatusSchema, '/issue_statuses', 'issue_statuses', signal);
    if (listed.ok) this.#statuses = listed.value;
    return listed;
  }

  /** By number, as the journals name it. */
  async statusNamed(id: string, signal: AbortSignal): Promise<Result<Status>> {
    const all = await this.statuses(signal);
    if (!all.ok) return all;
    const found = all.value.find((status) => status.id === id);
    return ok(statusOf(found ?? { name: id, is_closed: false }));
  }

  /** In Redmine's order, the least urgent first. */
  async priorities(signal: AbortSignal): Promise<Result<RankedPriority[]>> {
    if (this.#priorities !== undefined) return ok(this.#priorities);
    const listed = await this.#client.whole(
      namedPrioritySchema,
      '/enumerations/issue_priorities',
      'issue_priorities',
      signal,
    );
    if (!listed.ok) return listed;
    const active = listed.value.filter((one) => one.active);
    const set = active.findIndex((one) => one.is_default);
    const usual = set === -1 ? Math.floor((active.length - 1) / 2) : set;
    this.#priorities = listed.value.map((one) => {
      const position = active.indexOf(one);
      return {
        id: one.id,
        name: one.name,
        active: one.active,
        rank: rankOf(position === -1 ? usual : position, usual),
      };
    });
    return ok(this.#priorities);
  }

  /** Every project that we may see and that has tickets. */
  async projects(signal: AbortSignal): Promise<Result<RedmineProject[]>> {
    if (this.#projects !== undefined) return ok(this.#projects);
    const listed = await this.#client.all(projectSchema, '/projects', 'projects', signal, {
      include: 'trackers,enabled_modules,time_entry_activities,issue_custom_fields',
    });
    if (!listed.ok) return listed;
    this.#projects = listed.value.filter(
      (project) => project.status === 1 && hasModule(project, 'issue_tracking'),
    );
    return ok(this.#projects);
  }

  async project(id: string, signal: AbortSignal): Promise<Result<RedmineProject | undefined>> {
    const all = await this.projects(signal);
    return all.ok ? ok(all.value.find((project) => project.id === id)) : all;
  }

  /** What a project is called: its name, and what tells it from another of that name. */
  async teamOf(project: { id: string; name: string }, signal: AbortSignal): Promise<Result<string>> {
    const all = await this.projects(signal);
    return all.ok ? ok(teamName(project, all.value)) : all;
  }

  /** The project that a team is. */
  async projectOf(team: string, signal: AbortSignal): Promise<Result<RedmineProject | undefined>> {
    const all = await this.projects(signal);
    return all.ok ? ok(all.value.find((project) => teamName(project, all.value) === team)) : all;
  }

  /** The projects as teams, of those that `fits`. */
  async teams(fits: (project: RedmineProject) => boolean, signal: AbortSignal): Promise<Result<Team[]>> {
    const all = await this.projects(signal);
    if (!all.ok) return all;
    return ok(
      all.value.filter(fits).map((project) => {
        const tier = tierOfTeam(project.name);
        return { name: teamName(project, all.value), ...(tier !== undefined && { tier }) };
      }),
    );
  }
}

export function hasModule(project: RedmineProject, name: string): boolean {
  return project.enabled_modules.some((module) => module.name === name);
}

function teamName(project: { id: string; name: string }, all: readonly RedmineProject[]): string {
  const same = all.filter(({ name }) => name === project.name);
  if (same.length < 2) return project.name;
  const identifier = same.find(({ id }) => id === project.id)?.identifier ?? project.id;
  return `${project.name} (${identifier})`;
}
