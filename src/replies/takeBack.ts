import type { DraftKind } from '../desk/draft.ts';
import { formatLog } from '../desk/interactionLog.ts';
import type { Operation, Step } from '../desk/operation.ts';
import { formatDraft } from './draftText.ts';

/** What a draft of an operation would read: the inverse of `planDraft`. Nothing for one that has no text. */
export function takeBack(operation: Pick<Operation, 'steps'>): { kind: DraftKind; text: string } | undefined {
  const update = operation.steps.find((step) => step.type === 'update')?.fields;
  for (const step of operation.steps) {
    if (step.type === 'create') return { kind: 'new-ticket', text: ticketText(step) };
    if (step.type !== 'post') continue;
    switch (step.kind) {
      case 'reply':
        return { kind: 'reply', text: plainStart(step.body) };
      case 'note':
      case 'run':
        return { kind: 'note', text: plainStart(step.body) };
      case 'log':
        return {
          kind: 'note',
          text: formatLog({ channel: step.channel ?? 'other', minutes: step.minutes, body: step.body }),
        };
      case 'resolution': {
        const { link, visibility, minutes } = step;
        const { path, heading } = link?.document ?? {};
        const document = path && `${path}${heading === undefined ? '' : `#${heading}`}`;
        const fields = {
          status: update?.status,
          document,
          outcome: link?.outcome,
          visibility,
          minutes: minutes?.toString(),
        };
        return { kind: 'resolution', text: formatDraft(fields, step.body) };
      }
      case 'hand-off': {
        const { team, tier, assignee, priority } = update ?? {};
        const fields = { team, tier: tier?.toString(), assignee: assignee ?? undefined, priority };
        return { kind: 'hand-off', text: formatDraft(fields, step.body) };
      }
    }
  }
  return undefined;
}

function ticketText({ ticket }: Extract<Step, { type: 'create' }>): string {
  const { subject, requester, team, priority, kind, channel, tags } = ticket;
  return formatDraft(
    { subject, requester, team, priority, kind, channel, tags: tags.join(', ') },
    ticket.description,
  );
}

/** A body that begins with `---` must not be taken for front matter. */
function plainStart(body: string): string {
  return body.startsWith('---') ? `\n${body}` : body;
}
