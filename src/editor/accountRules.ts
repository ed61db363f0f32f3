import * as v from 'valibot';
import type { Account } from '../desk/account.ts';
import { statusCategories } from '../desk/ticket.ts';

/** Why a text is not the address of a ticketing system. */
export type UrlProblem = 'empty' | 'malformed' | 'not-http' | 'has-credentials';

export type NormalisedUrl = { ok: true; url: string } | { ok: false; problem: UrlProblem };

/** The address as it is kept: with a scheme, without credentials, query, fragment and trailing slashes. */
export function normaliseUrl(text: string): NormalisedUrl {
  const typed = text.trim();
  if (typed === '') return { ok: false, problem: 'empty' };
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (/\s/.test(withScheme) || !URL.canParse(withScheme)) return { ok: false, problem: 'malformed' };
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, problem: 'not-http' };
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'has-credentials' };
  return { ok: true, url: url.origin + url.pathname.replace(/\/+$/, '') };
}

/** Would a token travel readable by others on the way? */
export function isUnencrypted(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** An id nobody sees: the label's letters, with a number where it is taken. */
export function newAccountId(label: string, taken: readonly string[]): string {
  const base =
    label
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 32)
      .replace(/^-+|-+$/g, '') || 'account';
  let id = base;
  for (let number = 2; taken.includes(id); number++) id = `${base}-${number}`;
  return id;
}

const name = v.pipe(v.string(), v.trim(), v.minLength(1));

const targetSchema = v.strictObject({
  name,
  tier: v.optional(v.picklist([1, 2, 3])),
  team: v.optional(name),
  assignee: v.optional(name),
  priority: v.optional(name),
  tags: v.optional(v.array(name)),
  onCall: v.optional(name),
  for: v.optional(v.array(name)),
  watchers: v.optional(v.array(name)),
  manager: v.optional(v.boolean()),
});

const accountSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)),
  backend: v.pipe(v.string(), v.minLength(1)),
  label: name,
  url: v.optional(
    v.pipe(
      v.string(),
      v.check((url) => normaliseUrl(url).ok),
      v.transform((url) => {
        const normalised = normaliseUrl(url);
        return normalised.ok ? normalised.url : url;
      }),
    ),
  ),
  user: v.optional(v.string()),
  caFile: v.optional(v.string()),
  certFile: v.optional(v.string()),
  keyFile: v.optional(v.string()),
  teams: v.optional(v.array(name)),
  queries: v.optional(v.array(v.strictObject({ name, query: name }))),
  targets: v.optional(v.array(targetSchema)),
  solvedTimelines: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000))),
  labels: v.optional(
    v.object({
      status: v.optional(v.record(v.string(), v.picklist(statusCategories))),
      priority: v.optional(v.record(v.string(), v.picklist([1, 2, 3, 4]))),
      team: v.optional(v.array(v.string())),
    }),
  ),
  session: v.optional(v.boolean()),
});

export interface ReadAccounts {
  accounts: Account[];
  /** What of the setting could not be used: its place in the list (from 1) and the field that is wrong. */
  problems: AccountProblem[];
}

export interface AccountProblem {
  position: number;
  field: string;
}

/** Reads the setting `deskside.accounts`; one entry that is wrong does not take the others along. */
export function readAccounts(setting: unknown): ReadAccounts {
  const accounts: Account[] = [];
  const problems: AccountProblem[] = [];
  for (const [index, item] of (Array.isArray(setting) ? setting : []).entries()) {
    const read = v.safeParse(accountSchema, item);
    if (!read.success) {
      problems.push({ position: index + 1, field: v.getDotPath(read.issues[0]) ?? '' });
    } else if (accounts.some(({ id }) => id === read.output.id)) {
      problems.push({ position: index + 1, field: 'id' });
    } else {
      accounts.push(read.output);
    }
  }
  return { accounts, problems };
}

/** The setting with `account` put in place of the one of its id, or added; entries we do not understand stay. */
export function withAccount(setting: unknown, account: Account): unknown[] {
  const list: unknown[] = Array.isArray(setting) ? [...(setting as unknown[])] : [];
  const index = list.findIndex((item) => idOf(item) === account.id);
  if (index === -1) list.push(account);
  else list[index] = account;
  return list;
}

/** The setting without the account; entries we do not understand stay. */
export function withoutAccount(setting: unknown, id: string): unknown[] {
  return Array.isArray(setting) ? (setting as unknown[]).filter((item) => idOf(item) !== id) : [];
}

function idOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
}
