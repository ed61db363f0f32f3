import { literal } from '../../desk/literal.ts';
import type { BackendKind } from '../backend.ts';
import { projectOf } from './place.ts';

/** GitLab Issues and Service Desk of one project, on gitlab.com or a server of one's own. */
export const gitlabKind: BackendKind = {
  id: 'gitlab',
  label: 'GitLab Issues',
  signIn: {
    addressExample: 'https://gitlab.com/acme/helpdesk',
    secretName: 'personal access token',
    howToGet: 'In GitLab open Edit profile > Access tokens and add a token with the scope api.',
    page: (url) => `${new URL(url).origin}/-/user_settings/personal_access_tokens?name=Deskside&scopes=api`,
  },
  rights: {
    createTicket: ['the scope api'],
    publicReply: ['the scope api'],
    internalNote: ['the scope api', 'the role Planner'],
    interactionLog: ['the scope api', 'the role Planner'],
    setStatus: ['the scope api', 'the role Planner'],
    assign: ['the scope api', 'the role Planner'],
    setTeam: ['the scope api', 'the role Planner'],
    setPriority: ['the scope api', 'the role Planner'],
    setTier: ['the scope api', 'the role Planner'],
    setTags: ['the scope api', 'the role Planner'],
    logTime: ['the scope api', 'the role Reporter'],
    attach: ['the scope api'],
  },
  endpoint: (account) => `${new URL(account.url ?? 'https://gitlab.com').origin}/api/v4`,
  keyPattern: (account) => {
    const project = projectOf(account);
    const name = project.ok ? literal(project.value.name) : '(?!)';
    return new RegExp(`(?<![\\w.-])${name}#\\d+(?![\\w-])`, 'gi');
  },
  authorise: (token) => ({ 'private-token': token }),
  async create(context) {
    const { gitlabBackend } = await import('./connector.ts');
    return gitlabBackend(context);
  },
};
