import type { TicketLookup } from '../ticketLookup.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import type { Check } from './check.ts';
import { FreshnessCheck } from './freshnessCheck.ts';
import { FrontMatterCheck } from './frontMatterCheck.ts';
import { HandOffCheck } from './handOffCheck.ts';
import { IdCheck } from './idCheck.ts';
import { LinkCheck } from './linkCheck.ts';
import { ReplyCheck } from './replyCheck.ts';
import { ResolutionLinkCheck } from './resolutionLinkCheck.ts';
import { SecretCheck } from './secretCheck.ts';
import { SectionCheck } from './sectionCheck.ts';
import { TicketCheck } from './ticketCheck.ts';

/** Everything that is looked for in a document. */
export function checksOf(options: {
  index: WorkspaceIndex;
  tickets: TicketLookup;
  isRunbook: (path: string) => boolean;
  linksAreChecked: () => boolean;
  requiredBy: (team: string) => readonly string[];
  repliesAreChecked: () => boolean;
}): Check[] {
  const { index, tickets, isRunbook, linksAreChecked, requiredBy, repliesAreChecked } = options;
  return [
    new FrontMatterCheck(),
    new TicketCheck(tickets),
    new LinkCheck({ index, isRedundant: linksAreChecked }),
    new IdCheck(index, isRunbook),
    new SectionCheck(),
    new HandOffCheck(requiredBy),
    new ReplyCheck(tickets, repliesAreChecked),
    new FreshnessCheck(),
    new SecretCheck(),
    new ResolutionLinkCheck(tickets, index),
  ];
}
