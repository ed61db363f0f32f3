import { fail, ok, type Result } from '../../desk/errors.ts';
import type { GatewayRequest } from '../gateway.ts';

/** The full address of a request, or why it would leave the account's URL: a token goes nowhere else. */
export function addressOf(
  accountUrl: string | undefined,
  request: Pick<GatewayRequest, 'path' | 'query'>,
): Result<URL> {
  if (accountUrl === undefined || !URL.canParse(accountUrl)) {
    return fail({ reason: 'rejected', field: 'url', message: 'The account has no valid URL.' });
  }
  const base = new URL(accountUrl);
  if (base.protocol !== 'https:' && base.protocol !== 'http:') {
    return fail({ reason: 'rejected', field: 'url', message: "The account's URL must begin with https://." });
  }
  const folder = base.pathname.replace(/\/+$/, '');
  const whole = `${base.origin}${folder}${request.path}`;
  if (!request.path.startsWith('/') || /[?#\\]/.test(request.path) || !URL.canParse(whole)) {
    return fail({ reason: 'rejected', message: 'A request outside the account was refused.' });
  }
  const url = new URL(whole);
  if (url.origin !== base.origin || !url.pathname.startsWith(`${folder}/`)) {
    return fail({ reason: 'rejected', message: 'A request outside the account was refused.' });
  }
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const one of typeof value === 'object' ? value : [value]) {
      url.searchParams.append(name, String(one));
    }
  }
  return ok(url);
}
