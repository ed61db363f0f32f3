import type { Draft } from '../../desk/draft.ts';
import type { TicketRef } from '../../desk/ticket.ts';
import type { StoreReader } from '../../store/api.ts';
import { handedToMe } from './handedToMe.ts';
import type { Mark } from './rowText.ts';

type Reader = Pick<StoreReader, 'unseen' | 'ticketIds' | 'outbox' | 'drafts' | 'entries' | 'accountState'>;

/** Which tickets are marked at this moment, and for what. */
export class Marks {
  readonly #unseen: ReadonlySet<string>;
  readonly #collisions: ReadonlySet<string>;
  readonly #handed: ReadonlySet<string>;
  readonly #pinned: string | undefined;

  constructor(reader: Reader, pinned: TicketRef | undefined, teams: readonly string[]) {
    this.#unseen = new Set(reader.unseen().map(nameOf));
    const stopped = reader.outbox().filter(({ state }) => state === 'conflict');
    const overtaken = reader.drafts().filter((draft) => isOvertaken(reader, draft));
    this.#collisions = new Set(
      [...stopped, ...overtaken].flatMap(({ accountId, ticketId }) =>
        ticketId === undefined ? [] : [nameOf({ accountId, id: ticketId })],
      ),
    );
    const handed = reader.ticketIds({ active: true, fits: handedToMe(teams, 'unaccepted') });
    this.#handed = new Set(handed.map(nameOf));
    this.#pinned = pinned && nameOf(pinned);
  }

  of(ref: TicketRef): Mark | undefined {
    const name = nameOf(ref);
    if (this.#collisions.has(name)) return 'collision';
    if (this.#unseen.has(name)) return 'unseen';
    if (this.#handed.has(name)) return 'handed';
    return this.#pinned === name ? 'pinned' : undefined;
  }

  isUnseen(ref: TicketRef): boolean {
    return this.#unseen.has(nameOf(ref));
  }
}

/** Somebody else has written since the draft was begun. */
function isOvertaken(reader: Reader, { accountId, ticketId, seenUntil }: Draft): boolean {
  if (ticketId === undefined || seenUntil === undefined) return false;
  const me = reader.accountState(accountId)?.me?.id;
  return reader
    .entries({ accountId, id: ticketId })
    .some(({ at, author, visibility }) => at > seenUntil && visibility !== 'system' && author.id !== me);
}

function nameOf({ accountId, id }: TicketRef): string {
  return `${accountId}/${id}`;
}
