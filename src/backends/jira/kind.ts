import type { BackendKind } from '../backend.ts';

const shared = {
  keyPattern: () => /(?<![\w-])[A-Z][A-Z0-9_]{1,9}-[1-9]\d*(?![\w-])/g,
  query: { language: 'JQL', example: 'project = HELP AND status = "Waiting for support"' },
  rights: {
    createTicket: ['Create Issues'],
    publicReply: ['Add Comments'],
    internalNote: ['Add Comments', 'Browse Projects'],
    interactionLog: ['Add Comments', 'Browse Projects'],
    setStatus: ['Transition Issues'],
    assign: ['Assign Issues'],
    setPriority: ['Edit Issues'],
    setTags: ['Edit Issues'],
    logTime: ['Work On Issues'],
    attach: ['Create Attachments'],
    setCustomFields: ['Edit Issues'],
    relate: ['Link Issues'],
  },
} satisfies Partial<BackendKind>;

/** Jira Service Management, and any other project of a Jira Cloud site. */
export const jiraKind: BackendKind = {
  ...shared,
  id: 'jira',
  label: 'Jira Service Management (Cloud)',
  signIn: {
    addressExample: 'https://acme.atlassian.net',
    userName: 'e-mail address of your Atlassian account',
    secretName: 'API token',
    howToGet: 'On id.atlassian.com open Security > API tokens and create a token.',
    page: () => 'https://id.atlassian.com/manage-profile/security/api-tokens',
  },
  authorise: (token, account) => ({
    authorization: `Basic ${Buffer.from(`${account.user ?? ''}:${token}`).toString('base64')}`,
  }),
  async create(context) {
    const { cloud, jiraBackend } = await import('./connector.ts');
    return jiraBackend(context, cloud);
  },
};

/** The same in a data centre of one's own. */
export const jiraDataCenterKind: BackendKind = {
  ...shared,
  id: 'jira-dc',
  label: 'Jira Data Center',
  signIn: {
    addressExample: 'https://jira.acme.example',
    secretName: 'personal access token',
    howToGet: 'In Jira open your profile > Personal Access Tokens and create a token.',
    page: (url) =>
      `${url}/secure/ViewProfile.jspa?selectedTab=com.atlassian.pats.pats-plugin:jira-user-personal-access-tokens`,
  },
  authorise: (token) => ({ authorization: `Bearer ${token}` }),
  async create(context) {
    const { dataCenter, jiraBackend } = await import('./connector.ts');
    return jiraBackend(context, dataCenter);
  },
};
