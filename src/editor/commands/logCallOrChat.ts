import * as vscode from 'vscode';
import { channels, type Channel } from '../../desk/ticket.ts';
import { tell } from '../errors.ts';
import { channelName } from '../tickets/rowText.ts';
import { those } from './changeFields.ts';
import type { CommandDeps } from './deps.ts';
import { askChoice, askText, runSteps, settle } from './steps.ts';

const icons: Record<Channel, string> = {
  phone: 'call-incoming',
  chat: 'comment-discussion',
  'walk-in': 'person',
  'e-mail': 'mail',
  portal: 'browser',
  alert: 'bell',
  other: 'ellipsis',
};
/** What is talked by comes first. */
const order: readonly Channel[] = ['phone', 'chat', 'walk-in'];

/** Records a conversation that took place: how, how long, and what was said. Colleagues read it, the customer does not. */
export async function logCallOrChat(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket || those(deps, [ticket], 'interactionLog').length === 0) return;
  const title = vscode.l10n.t('Log Call or Chat on {0}', ticket.key);
  const items = [...order, ...channels.filter((channel) => !order.includes(channel))].map((channel) => ({
    label: channelName(channel, vscode.l10n.t),
    iconPath: new vscode.ThemeIcon(icons[channel]),
    channel,
  }));
  const said = { channel: 'phone' as Channel, minutes: '5', body: '' };

  const answered = await runSteps([
    async (place) =>
      settle(
        await askChoice(
          {
            title,
            placeholder: vscode.l10n.t('How did you talk?'),
            items,
            active: items.find(({ channel }) => channel === said.channel),
          },
          place,
        ),
        ({ channel }) => (said.channel = channel),
      ),
    async (place) =>
      settle(
        await askText(
          {
            title,
            prompt: vscode.l10n.t('How many minutes did it take?'),
            value: said.minutes,
            validate: (value) =>
              /^\d{1,4}$/.test(value.trim())
                ? undefined
                : vscode.l10n.t('A whole number of minutes, 0 to 9999.'),
          },
          place,
        ),
        (value) => (said.minutes = value.trim()),
      ),
    async (place) =>
      settle(
        await askText(
          {
            title,
            prompt: vscode.l10n.t(
              'What was said? Internal: {0} does not see it.',
              ticket.requester?.name ?? '',
            ),
            value: said.body,
            validate: (value) =>
              value.trim() === '' ? vscode.l10n.t('A few words, so that a colleague knows.') : undefined,
          },
          place,
        ),
        (value) => (said.body = value.trim()),
      ),
  ]);
  if (!answered) return;

  const queued = await deps.sync.enqueue({
    accountId: ticket.accountId,
    ticket,
    label: ticket.key,
    intent: 'log',
    steps: [
      {
        type: 'post',
        kind: 'log',
        visibility: 'internal',
        body: said.body,
        channel: said.channel,
        minutes: Number(said.minutes),
      },
    ],
  });
  if (queued.ok) {
    vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('{0}: logged', ticket.key)}`, 5000);
    return;
  }
  await vscode.env.clipboard.writeText(said.body);
  await tell(queued.error, vscode.l10n.t('It was not logged; what you wrote is on the clipboard.'));
}
