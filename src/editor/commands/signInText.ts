import type { DeskError } from '../../desk/errors.ts';
import type { Translate } from '../translate.ts';
import type { UrlProblem } from '../accountRules.ts';

/** Why a text will not do as an address. */
export function urlProblemText(problem: UrlProblem, t: Translate): string {
  switch (problem) {
    case 'empty':
      return t('Type the address you open in a browser, for example https://rt.example.com.');
    case 'malformed':
      return t('This is not an address.');
    case 'not-http':
      return t('The address begins with https:// (or http:// on your own computer).');
    case 'has-credentials':
      return t('Leave name and password out of the address: the token comes next, and is kept safely.');
  }
}

/** Why nobody could be signed in, in terms of what was typed; nothing where the usual words will do. */
export function probeProblemText(
  error: DeskError,
  about: { url: string; kind: string; secretName: string },
  t: Translate,
): string | undefined {
  const { host } = new URL(about.url);
  switch (error.reason) {
    case 'unauthorised':
      return t(
        '{0} answers, but does not accept this {1}. Is it complete, and not expired?',
        host,
        about.secretName,
      );
    case 'forbidden':
      return t(
        '{0} knows this {1}, but it may not read tickets. Ask for one that may.',
        host,
        about.secretName,
      );
    case 'offline':
      return t('Nothing answers at {0}. Is the address right, and are network and VPN up?', host);
    case 'protocol':
    case 'not-found':
      return t('What answers at {0} is not {1}. Use the address of its start page.', about.url, about.kind);
    case 'server':
      return t('{0} has a problem of its own at the moment. Try again later, or save the account now.', host);
    case 'tls':
    case 'unknown-outcome':
    case 'rate-limited':
    case 'rejected':
    case 'conflict':
    case 'unsupported':
    case 'cancelled':
    case 'storage':
      return undefined;
  }
}
