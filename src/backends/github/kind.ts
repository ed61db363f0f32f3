import { literal } from '../../desk/literal.ts';
import type { BackendKind } from '../backend.ts';
import { endpointOf, repositoryOf } from './place.ts';

/** GitHub Issues of one repository, on github.com, ghe.com or a GitHub Enterprise Server. */
export const githubKind: BackendKind = {
  id: 'github',
  label: 'GitHub Issues',
  signIn: {
    addressExample: 'https://github.com/acme/helpdesk',
    secretName: 'personal access token',
    howToGet:
      'On GitHub open Settings > Developer settings > Fine-grained tokens. Choose the repository, and the permissions Issues: read and write, Metadata: read.',
    page: (url) => `${new URL(url).origin}/settings/personal-access-tokens/new`,
    session: (url) =>
      new URL(url).origin === 'https://github.com'
        ? { provider: 'github', name: 'GitHub', scopes: ['repo'] }
        : undefined,
  },
  rights: {
    createTicket: ['Issues: read and write'],
    publicReply: ['Issues: read and write'],
    setStatus: ['Issues: read and write', 'the role Triage'],
    assign: ['Issues: read and write', 'the role Triage'],
    setTeam: ['Issues: read and write', 'the role Triage'],
    setPriority: ['Issues: read and write', 'the role Triage'],
    setTier: ['Issues: read and write', 'the role Triage'],
    setTags: ['Issues: read and write', 'the role Triage'],
  },
  query: { language: 'GitHub search', example: 'label:"team: network" state:open' },
  endpoint: endpointOf,
  keyPattern: (account) => {
    const repository = repositoryOf(account);
    const name = repository.ok ? literal(repository.value.name) : '(?!)';
    return new RegExp(`(?<![\\w.-])${name}#\\d+(?![\\w-])`, 'gi');
  },
  authorise: (token) => ({ authorization: `Bearer ${token}` }),
  async create(context) {
    const { githubBackend } = await import('./connector.ts');
    return githubBackend(context);
  },
};
