import type { KeyPattern } from './ticketKeys.ts';

/** What the editor tells the language server, at its start and whenever it changes. */
export interface LanguageSettings {
  keyPatterns: readonly KeyPattern[];
  /** Relative to a workspace folder; every Markdown file below it is a runbook. */
  runbooksFolder: string;
  /** VS Code's own check of Markdown links is on: ours would say the same twice. */
  linksAreChecked: boolean;
  /** VS Code itself changes links when files are moved: ours would change them twice. */
  linksAreMoved?: boolean;
  /** The sections of a hand-off that teams want filled in, by the team's name. */
  handOffRequires?: Readonly<Record<string, readonly string[]>>;
  /** Plain language and tone of what requesters will read are checked; so they are if nothing is said. */
  repliesAreChecked?: boolean;
  /** Every runbook of the workspace is checked, not only what is open. */
  checksAll?: boolean;
}

export interface LanguageServerOptions extends LanguageSettings {
  storeFolder: string;
  /** Where what was read of the workspace is kept for the next start. */
  cacheFolder?: string;
  /** The path of the page that describes each diagnostic under its code. */
  manual?: string;
}

/** The notification that carries new {@link LanguageSettings}. */
export const settingsNotification = 'deskside/settings';

/** Where a ticket can be read as a Markdown document: `deskside-ticket:/<account>/<key>.md`. */
export const ticketScheme = 'deskside-ticket';

export function ticketDocumentUri(accountId: string, key: string): string {
  return `${ticketScheme}:/${encodeURIComponent(accountId)}/${encodeURIComponent(key)}.md`;
}

/** The account and key that {@link ticketDocumentUri} named, from a URI's decoded path. */
export function ticketOfPath(path: string): { accountId: string; key: string } | undefined {
  const [, accountId, key] = /^\/([^/]+)\/(.+)\.md$/.exec(path) ?? [];
  return accountId === undefined || key === undefined ? undefined : { accountId, key };
}
