import type { Backend, Session, Vocabulary } from '../../backends/backend.ts';
import { ok, type Result } from '../../desk/errors.ts';
import type { Target } from '../../desk/target.ts';
import type { Person } from '../../desk/ticket.ts';
import type { Translate } from '../translate.ts';

/** One thing of a target that was proved, or that does not hold. */
export interface Finding {
  ok: boolean;
  text: string;
}

export interface CheckedTarget {
  target: Target;
  findings: Finding[];
}

/** What the live account says. */
interface Asked {
  session: Session;
  vocabulary: Vocabulary;
}

export interface TargetCheckOptions {
  /** A ticket to ask about: what may be set can differ from one to another. */
  ticketId: string | undefined;
  onCall: (file: string) => Promise<Result<string[]>>;
  t: Translate;
  signal: AbortSignal;
}

/** Proves an account's targets against the account as it is now; changes nothing there. */
export async function checkTargets(
  backend: Pick<Backend, 'signIn' | 'vocabulary' | 'people'>,
  targets: readonly Target[],
  options: TargetCheckOptions,
): Promise<Result<CheckedTarget[]>> {
  const { signal, ticketId } = options;
  const session = await backend.signIn(signal);
  if (!session.ok) return session;
  const vocabulary = await backend.vocabulary(ticketId, signal);
  if (!vocabulary.ok) return vocabulary;
  const asked = { session: session.value, vocabulary: vocabulary.value };
  const checked: CheckedTarget[] = [];
  for (const target of targets) {
    const people = new People(backend, signal);
    const fixed = findingsOf(target, asked, options.t);
    checked.push({ target, findings: [...fixed, ...(await peopleFindings(target, asked, people, options))] });
  }
  return ok(checked);
}

function findingsOf(target: Target, { session, vocabulary }: Asked, t: Translate): Finding[] {
  const { capabilities } = session;
  const { team, tier, priority, tags } = target;
  const found: Finding[] = [];
  const proved = (holds: boolean, yes: string, no: string) =>
    found.push({ ok: holds, text: holds ? yes : no });
  const may = (can: boolean, what: string) =>
    can || found.push({ ok: false, text: t('your rights do not let you set the {0}', what) });
  if (team !== undefined) {
    const known = vocabulary.teams.map(({ name }) => name);
    proved(
      known.includes(team),
      t('team {0} exists', team),
      t('there is no team "{0}" that you can see; there are {1}', team, known.join(', ')),
    );
    may(capabilities.setTeam, t('team'));
  }
  if (tier !== undefined && !target.manager) {
    const ofTeam = vocabulary.teams.find(({ name }) => name === team)?.tier;
    if (capabilities.setTier === 'native') proved(true, t('tier {0} can be set', tier), '');
    else if (capabilities.setTier === 'team' && ofTeam !== undefined) {
      proved(
        ofTeam === tier,
        t('tier {0} goes with the team', tier),
        t('the team says that it is tier {0}', ofTeam),
      );
    } else proved(true, t('tier {0} is kept in the note only', tier), '');
  }
  if (priority !== undefined) {
    const known = vocabulary.priorities.map(({ name }) => name);
    proved(
      known.includes(priority),
      t('priority {0} exists', priority),
      t('there is no priority "{0}"; there are {1}', priority, known.join(', ')),
    );
    may(capabilities.setPriority, t('priority'));
  }
  if (tags !== undefined) {
    proved(
      capabilities.setTags,
      t('tags can be set'),
      t('this account has no tags, or you may not set them'),
    );
  }
  if (!capabilities.internalNote) {
    found.push({ ok: false, text: t('this account can’t keep a note internal: no hand-off is sent') });
  }
  return found;
}

async function peopleFindings(
  { assignee, onCall, manager, name, watchers = [] }: Target,
  { session }: Asked,
  people: People,
  { onCall: read, t }: TargetCheckOptions,
): Promise<Finding[]> {
  const found: Finding[] = [];
  const prove = async (called: string) => {
    const person = await people.called(called);
    found.push(
      person
        ? { ok: true, text: t('{0} can be assigned to', person.name) }
        : { ok: false, text: t('nobody to assign to is called "{0}"', called) },
    );
  };
  const informed = [...(manager ? [assignee ?? name] : []), ...watchers];
  if (assignee !== undefined && !manager) await prove(assignee);
  for (const called of informed) {
    const person = await people.called(called);
    found.push(
      person
        ? { ok: true, text: t('{0} is known, and can be kept informed', person.name) }
        : { ok: false, text: t('nobody is called "{0}"', called) },
    );
  }
  if (informed.length > 0 && !session.capabilities.watchers?.includes('watcher')) {
    found.push({ ok: false, text: t('this account has no watchers, or you may not add any') });
  }
  if ((assignee !== undefined || onCall !== undefined) && !session.capabilities.assign) {
    found.push({ ok: false, text: t('your rights do not let you set the {0}', t('assignee')) });
  }
  if (onCall !== undefined) {
    const now = await read(onCall);
    if (!now.ok) found.push({ ok: false, text: now.error.message });
    else if (now.value.length === 0) {
      found.push({ ok: false, text: t('nobody is on call now, by {0}', onCall) });
    } else for (const called of now.value) await prove(called);
  }
  return found;
}

/** Looks people up as the editor does when it assigns. */
class People {
  readonly #backend: Pick<Backend, 'people'>;
  readonly #signal: AbortSignal;

  constructor(backend: Pick<Backend, 'people'>, signal: AbortSignal) {
    this.#backend = backend;
    this.#signal = signal;
  }

  async called(name: string): Promise<Person | undefined> {
    return (await this.#among(name, name)) ?? this.#among('', name);
  }

  /** Not every backend finds people by their id: then it is looked for among all. */
  async #among(query: string, name: string): Promise<Person | undefined> {
    const found = await this.#backend.people(query, this.#signal);
    return found.ok ? personCalled(found.value, name) : undefined;
  }
}

/** Somebody of the backend by what a rota or a setting calls them: id, address or name. */
export function personCalled(people: readonly Person[], called: string): Person | undefined {
  const name = called.trim().toLowerCase();
  return people.find(({ id, email, name: whole }) =>
    [id, email, whole].some((one) => one?.toLowerCase() === name),
  );
}

/** The report, with what does not hold first. */
export function targetCheckText(label: string, checked: readonly CheckedTarget[], t: Translate): string {
  const wrong = checked.filter(({ findings }) => findings.some((finding) => !finding.ok)).length;
  const order = [...checked].sort((a, b) => holds(a) - holds(b));
  return [
    `# ${t('Escalation targets of {0}', label)}`,
    checked.length === 0
      ? t(
          'No target is set. Every team of the system is one by itself; more are set with `targets` in `deskside.accounts`.',
        )
      : wrong === 0
        ? t('All {0} hold.', checked.length)
        : t('{0} of {1} do not hold.', wrong, checked.length),
    ...order.map(({ target, findings }) =>
      [
        `## ${target.name}`,
        '',
        ...(findings.length === 0 ? [`- ${t('nothing is set that could be wrong')}`] : []),
        ...findings.map(({ ok: fine, text }) => `- ${fine ? '✓' : '✗'} ${text}`),
      ].join('\n'),
    ),
  ].join('\n\n');
}

function holds({ findings }: CheckedTarget): number {
  return findings.every(({ ok: fine }) => fine) ? 1 : 0;
}
