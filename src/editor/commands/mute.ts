import * as vscode from 'vscode';
import { ticketRef, type Instant } from '../../desk/ticket.ts';
import { tell } from '../errors.ts';
import type { CommandDeps } from './deps.ts';

/** No notifications of one ticket for a while, or for good; or again. */
export async function muteTicket(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const muted = (deps.reader.mutedUntil(ticket) ?? 0) > deps.now();
  const until = await pickTime(deps.now(), vscode.l10n.t('Mute {0}', ticket.key), [
    { label: vscode.l10n.t('For good'), until: Number.MAX_SAFE_INTEGER },
    ...(muted ? [{ label: vscode.l10n.t('Not any more: tell me again'), until: 0 }] : []),
  ]);
  if (until === undefined) return;
  const done = await deps.writer.run('mute', { ref: ticketRef(ticket), until, again: [] });
  if (!done.ok) await tell(done.error);
}

/** No notifications at all for a while; what happens meanwhile is told together afterwards. */
export async function snoozeNotifications(deps: CommandDeps): Promise<void> {
  const now = deps.now();
  const snoozed = Number(deps.reader.choice('snoozed-until') ?? 0) > now;
  const until = await pickTime(
    now,
    vscode.l10n.t('Snooze Notifications'),
    snoozed ? [{ label: vscode.l10n.t('Not any more: tell me at once'), until: 0 }] : [],
  );
  if (until === undefined) return;
  const value = until === 0 ? undefined : String(until);
  const done = await deps.writer.run('choose', { name: 'snoozed-until', value });
  if (!done.ok) await tell(done.error);
}

async function pickTime(
  now: Instant,
  title: string,
  more: readonly { label: string; until: Instant }[],
): Promise<Instant | undefined> {
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  const picks = [
    { label: vscode.l10n.t('For an hour'), until: now + 3_600_000 },
    { label: vscode.l10n.t('Until tomorrow at 8:00'), until: tomorrow.setHours(8, 0, 0, 0) },
    ...more,
  ];
  return (await vscode.window.showQuickPick(picks, { title }))?.until;
}
