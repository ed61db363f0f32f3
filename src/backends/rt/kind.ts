import type { BackendKind } from '../backend.ts';

/** Request Tracker 5, through its REST 2 interface. */
export const rtKind: BackendKind = {
  id: 'rt',
  label: 'Request Tracker',
  signIn: {
    secretName: 'authentication token',
    howToGet: 'In Request Tracker open Logged in as… > Settings > Auth Tokens and create a token.',
    page: (url) => `${url}/Prefs/AuthTokens.html`,
  },
  keyPattern: () => /(?<![\w-])RT[-#]\d+(?![\w-])/g,
  rights: {
    createTicket: ['CreateTicket'],
    publicReply: ['ReplyToTicket'],
    internalNote: ['CommentOnTicket'],
    interactionLog: ['CommentOnTicket'],
    setStatus: ['ModifyTicket'],
    assign: ['ModifyTicket', 'OwnTicket'],
    setTeam: ['ModifyTicket', 'SeeQueue'],
    setPriority: ['ModifyTicket'],
    setTier: ['ModifyTicket', 'SeeQueue'],
    setCustomFields: ['ModifyTicket', 'SeeCustomField', 'ModifyCustomField'],
    watchers: ['ModifyTicket'],
    relate: ['ModifyTicket'],
    merge: ['ModifyTicket'],
    logTime: ['ModifyTicket'],
    attach: ['ReplyToTicket', 'CommentOnTicket'],
  },
  authorise: (token) => ({ authorization: `token ${token}` }),
  /** A token is `1-<number of the user>-<secret>`. */
  identify: (token) => /^\d+-(\d+)-./.exec(token)?.[1],
  async create(context) {
    const { rtBackend } = await import('./connector.ts');
    return rtBackend(context);
  },
};
