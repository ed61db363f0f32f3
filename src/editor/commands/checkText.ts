import type { Rights } from '../../backends/backend.ts';
import type { Capabilities } from '../../desk/capabilities.ts';
import type { DeskError } from '../../desk/errors.ts';
import { escapeInline, escapeLine } from '../../desk/plainText.ts';
import type { Translate } from '../translate.ts';
import { tableOf } from '../markdownTable.ts';

/** One thing that was tried, and what came of it. */
export interface Probe {
  name: string;
  /** What was found, or why not. */
  result: { ok: true; found: string } | { ok: false; error: DeskError };
}

export interface AccountCheck {
  label: string;
  /** Absent for an account without a server. */
  url?: string;
  probes: readonly Probe[];
  /** Absent where nobody could be signed in. */
  capabilities?: Capabilities;
  /** What the system calls the rights that features need. */
  rights: Rights;
}

/** What a check of an account found, as Markdown: what works, what does not, and what each missing feature needs. */
export function checkText(check: AccountCheck, explain: (error: DeskError) => string, t: Translate): string {
  const { label, url, probes, capabilities, rights } = check;
  const failed = probes.filter(({ result }) => !result.ok).length;
  const missing = capabilities ? featuresOf(t).filter(({ has }) => !has(capabilities)) : [];
  const verdict =
    failed > 0
      ? t('{0} of {1} checks failed.', failed, probes.length)
      : missing.length === 1
        ? t('The account works. 1 feature is not available with it.')
        : missing.length > 0
          ? t('The account works. {0} features are not available with it.', missing.length)
          : t('The account works, with everything that Deskside can do.');
  const parts = [
    `# ${t('Check of {0}', escapeInline(label))}`,
    ...(url === undefined ? [] : [escapeLine(url)]),
    `**${verdict}**`,
    `## ${t('What was tried')}`,
    probes.map((probe) => probeLine(probe, explain)).join('\n'),
  ];
  if (capabilities) {
    parts.push(`## ${t('What the account may do')}`, table(capabilities, rights, t));
    if (missing.some(({ needs }) => needs.some((one) => rights[one] !== undefined))) {
      parts.push(t('Ask whoever gives out rights in that system for those named above, then check again.'));
    }
  }
  return `${parts.join('\n\n')}\n`;
}

function probeLine({ name, result }: Probe, explain: (error: DeskError) => string): string {
  const said = result.ok ? result.found : explain(result.error);
  return `- ${result.ok ? '✓' : '✗'} ${name}: ${escapeInline(said)}`;
}

function table(capabilities: Capabilities, rights: Rights, t: Translate): string {
  const rows = featuresOf(t).map(({ name, needs, has }) => {
    if (has(capabilities)) return [name, '✓', ''];
    const named = needs.flatMap((one) => rights[one] ?? []);
    const why = named.length > 0 ? t('needs: {0}', named.join(', ')) : t('not offered by this system');
    return [name, '✗', escapeInline(why)];
  });
  return tableOf([], [t('Feature'), t('May'), t('Otherwise')], rows);
}

interface Feature {
  name: string;
  /** The capabilities that it takes. */
  needs: readonly (keyof Capabilities)[];
  has: (capabilities: Capabilities) => boolean;
}

function featuresOf(t: Translate): Feature[] {
  const feature = (name: string, ...needs: (keyof Capabilities)[]): Feature => ({
    name,
    needs,
    has: (capabilities) => needs.every((one) => Boolean(capabilities[one])),
  });
  return [
    feature(t('Create tickets'), 'createTicket'),
    feature(t('Reply to the requester'), 'publicReply'),
    feature(t('Write internal notes'), 'internalNote'),
    feature(t('Log calls and chats'), 'interactionLog'),
    feature(t('Change the status, resolve'), 'setStatus'),
    feature(t('Assign'), 'assign'),
    feature(t('Move to another team'), 'setTeam'),
    feature(t('Change the priority'), 'setPriority'),
    feature(t('Escalate to another tier'), 'setTier'),
    feature(t('Change tags'), 'setTags'),
    feature(t('Log time'), 'logTime'),
    feature(t('Attach files'), 'attach'),
    feature(t('Service levels from the system'), 'sla'),
    feature(t('Search on the server'), 'serverSearch'),
  ];
}
