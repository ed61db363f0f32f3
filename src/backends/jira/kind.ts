import type { BackendKind } from '../backend.ts';

/** Jira Service Management, and any other project of a Jira Cloud site. */
export const jiraKind: BackendKind = {
  id: 'jira',
  label: 'Jira Service Management (Cloud)',
  signIn: {
    addressExample: 'https://acme.atlassian.net',
    userName: 'e-mail address of your Atlassian account',
    secretName: 'API token',
    howToGet: 'On id.atlassian.com open Security > API tokens and create a token.',
    page: () => 'https://id.atlassian.com/manage-profile/security/api-tokens',
  },
  keyPattern: () => /(?<![\w-])[A-Z][A-Z0-9_]{1,9}-[1-9]\d*(?![\w-])/g,
  query: { language: 'JQL', example: 'project = HELP AND status = "Waiting for support"' },
  authorise: (token, account) => ({
    authorization: `Basic ${Buffer.from(`${account.user ?? ''}:${token}`).toString('base64')}`,
  }),
  async create(context) {
    const { jiraBackend } = await import('./connector.ts');
    return jiraBackend(context);
  },
};
