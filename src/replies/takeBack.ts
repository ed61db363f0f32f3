import type { DraftKind } from '../desk/draft.ts';
import { formatLog } from '../desk/interactionLog.ts';
import { parseHandOff, recipientIn } from '../desk/handOff.ts';
import type { Operation, Step } from '../desk/operation.ts';
import { personText } from './handOffPlan.ts';
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
        return { kind: 'hand-off', text: handOffText(step.body, operation.steps) };
      }
    }
  }
  return undefined;
}

function handOffText(body: string, steps: readonly Step[]): string {
  const { team, tier, assignee, priority, tags } = steps.find((step) => step.type === 'update')?.fields ?? {};
  const { name, stays } = recipientIn(parseHandOff(body)?.to ?? '');
  const watchers = steps.flatMap((step) => (step.type === 'watch' ? personText(step.watcher) : []));
  const message = steps.find((step) => step.type === 'post' && step.visibility === 'public');
  const fields = {
    ...(stays
      ? { [stays]: name }
      : { team, tier: tier?.toString(), assignee: assignee ?? undefined, priority }),
    tags: tags?.join(', '),
    watchers: watchers.join(', '),
    message: message?.type === 'post' ? message.body : undefined,
  };
  return formatDraft(fields, body);
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
