import { ok, type Result } from '../../desk/errors.ts';
import type { Session } from '../backend.ts';
import type { JiraClient } from './client.ts';
import type { People } from './people.ts';
import { permissionsSchema } from './schema.ts';

const asked = [
  'CREATE_ISSUES',
  'ADD_COMMENTS',
  'TRANSITION_ISSUES',
  'ASSIGN_ISSUES',
  'EDIT_ISSUES',
  'WORK_ON_ISSUES',
  'CREATE_ATTACHMENTS',
  'LINK_ISSUES',
];

/** Jira says which permissions we have somewhere on the site. */
export async function openSession(
  client: JiraClient,
  people: People,
  signal: AbortSignal,
): Promise<Result<Session>> {
  const me = await people.me(signal, true);
  if (!me.ok) return me;
  const [projects, rights] = await Promise.all([
    people.projects(signal, true),
    client.get(permissionsSchema, '/mypermissions', signal, { permissions: asked.join(',') }),
  ]);
  if (!projects.ok) return projects;
  if (!rights.ok) return rights;
  const may = (right: string) => rights.value.permissions[right]?.havePermission ?? false;
  const desk = projects.value.some(({ projectTypeKey }) => projectTypeKey === 'service_desk');
  const note = may('ADD_COMMENTS') && desk;
  return ok({
    me: me.value,
    capabilities: {
      createTicket: may('CREATE_ISSUES'),
      publicReply: may('ADD_COMMENTS'),
      internalNote: note,
      interactionLog: note ? 'note' : false,
      setSubject: may('EDIT_ISSUES'),
      setStatus: may('TRANSITION_ISSUES'),
      statusFields: true,
      assign: may('ASSIGN_ISSUES'),
      setTeam: false,
      setPriority: may('EDIT_ISSUES'),
      setTier: false,
      setTags: may('EDIT_ISSUES'),
      setCustomFields: may('EDIT_ISSUES'),
      relate: may('LINK_ISSUES') ? ['related'] : [],
      logTime: may('WORK_ON_ISSUES'),
      attach: may('CREATE_ATTACHMENTS') && (desk || 'public'),
      sla: desk,
      optimisticConcurrency: false,
      serverSearch: false,
      scopes: ['mine', 'team', 'query'],
    },
  });
}
