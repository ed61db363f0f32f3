import type { DeskError } from '../desk/errors.ts';
import type { Instant } from '../desk/ticket.ts';
import type { Translate } from './translate.ts';

/** What happened, what was kept and what to do, in a sentence or two. */
export function errorText(error: DeskError, t: Translate, time: (at: Instant) => string): string {
  const said = error.message.trim().replace(/[.\s]+$/, '');
  switch (error.reason) {
    case 'offline':
      return t('The server can’t be reached ({0}). What you change is kept and sent when it can be.', said);
    case 'unauthorised':
      return t(
        'Signed out: there is no token, or the server does not accept it. Sign in again; nothing is lost.',
      );
    case 'forbidden':
      return t(
        'Your account may not do this there ({0}). Ask whoever gives out rights in that system.',
        said,
      );
    case 'not-found':
      return t('It is no longer there, or your account may not see it ({0}).', said);
    case 'conflict':
      return t('Someone else changed it meanwhile ({0}). Compare both sides, then send or discard.', said);
    case 'server':
      return t('The server had a problem of its own ({0}). It is tried again; nothing is lost.', said);
    case 'tls':
      return t(
        'The connection is not trusted ({0}). Name your company’s certificate authority as "caFile" of the account in the setting "deskside.accounts".',
        said,
      );
    case 'unknown-outcome':
      return t(
        'The answer was lost, so it is not known whether this arrived. It is looked up before anything is sent again.',
      );
    case 'rate-limited':
      return error.resetAt === undefined
        ? t('The server asks to slow down. It is tried again in a while.')
        : t('The server asks to slow down. It is tried again at {0}.', time(error.resetAt));
    case 'rejected':
      return error.field === undefined
        ? t('The server refused this: {0}.', said)
        : t('The server refused the field "{0}": {1}.', error.field, said);
    case 'protocol':
      return t('The answer is not what such a system sends ({0}). Is the address right?', said);
    case 'unsupported':
    case 'storage':
      return `${said}.`;
    case 'cancelled':
      return t('Cancelled.');
  }
}
