import type { BackendKind } from '../backend.ts';

/** Redmine 5, through its REST interface. */
export const redmineKind: BackendKind = {
  id: 'redmine',
  label: 'Redmine',
  signIn: {
    secretName: 'API access key',
    howToGet: 'In Redmine open My account and press Show below API access key, at the right.',
    page: (url) => `${url}/my/account`,
  },
  keyPattern: () => /(?<![\w#&/-])#[1-9]\d{0,8}(?![\w-])/g,
  query: { language: "a query as in Redmine's addresses", example: 'tracker_id=3&subject=~printer' },
  rights: {
    createTicket: ['Add issues'],
    publicReply: ['Add notes'],
    internalNote: ['Set notes as private'],
    interactionLog: ['Set notes as private'],
    setStatus: ['Edit issues'],
    assign: ['Edit issues'],
    setTeam: ['Edit issues'],
    setPriority: ['Edit issues'],
    setCustomFields: ['Edit issues'],
    watchers: ['Add watchers', 'Delete watchers'],
    relate: ['Manage issue relations', 'Manage subtasks'],
    logTime: ['Log spent time'],
    attach: ['Add notes'],
  },
  authorise: (token) => ({ 'x-redmine-api-key': token }),
  async create(context) {
    const { redmineBackend } = await import('./connector.ts');
    return redmineBackend(context);
  },
};
