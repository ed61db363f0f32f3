import * as vscode from 'vscode';
import { tell } from '../errors.ts';
import type { ShownQueue } from '../tickets/shownQueue.ts';
import { ticketCount } from '../ticketCount.ts';
import { ownQueries, putOwnQuery, removeOwnQuery } from './ownQueries.ts';
import type { Queue } from './queue.ts';
import { namesDone } from './queue.ts';
import { askQuery } from './queryInput.ts';
import type { QueuesDeps, QueuesView } from './queuesView.ts';

const filterId = 'filter';
/** The queue to go back to when the filter is taken away. */
let unfiltered: ShownQueue | undefined;

/** Shows the queue of this id, or the one that the user picks. */
export async function showQueue(queues: QueuesView, argument: unknown): Promise<void> {
  const named = queues.queues.find(({ queue }) => queue.id === argument)?.queue;
  const queue = named ?? (await pickQueue(queues.queues));
  if (queue) await queues.show(queue);
}

async function pickQueue(rows: QueuesView['queues']): Promise<Queue | undefined> {
  const picks = rows.map(({ queue, count }) => ({
    label: queue.label,
    description: count === undefined ? '' : String(count),
    detail: queue.about,
    iconPath: new vscode.ThemeIcon(queue.icon),
    queue,
  }));
  const picked = await vscode.window.showQuickPick(picks, { title: vscode.l10n.t('Show Queue') });
  return picked?.queue;
}

/** Narrows the tree to what fits a query; nothing is kept of it. */
export async function filterTickets(deps: QueuesDeps): Promise<void> {
  const { view } = deps;
  const now = view.queue;
  const asked = await askQuery(deps, {
    title: vscode.l10n.t('Filter Tickets'),
    value: now.id === filterId ? now.label : '',
    finish: (count) => vscode.l10n.t('Show {0}', ticketCount(count, vscode.l10n.t)),
  });
  if (!asked) return;
  if (now.id !== filterId) unfiltered = now;
  const done = namesDone(asked.query);
  await view.show({ id: filterId, label: asked.text, filter: { fits: asked.query }, ...(done && { done }) });
}

/** Shows again what was shown before the filter. */
export async function clearFilter({ view }: QueuesDeps, queues: QueuesView): Promise<void> {
  const [first] = queues.queues;
  const back = unfiltered ?? first?.queue;
  if (back) await view.show(back);
  queues.refresh();
}

/** Makes a queue of a query: of the one given, of the one that the tree is filtered by, or of a new one. */
export async function newQueue(deps: QueuesDeps, queues: QueuesView, given: unknown): Promise<void> {
  const { id, label } = deps.view.queue;
  const query = typeof given === 'string' ? given : id === filterId ? label : '';
  await edit(deps, queues, { name: '', query }, undefined);
}

export async function editQueue(deps: QueuesDeps, queues: QueuesView, argument: unknown): Promise<void> {
  const own = await ownQueue(queues, argument, vscode.l10n.t('Edit Queue'));
  if (own) await edit(deps, queues, own, own.name);
}

export async function deleteQueue(queues: QueuesView, argument: unknown): Promise<void> {
  const own = await ownQueue(queues, argument, vscode.l10n.t('Delete Queue'));
  if (!own) return;
  const removed = await removeOwnQuery(own.name);
  if (!removed.ok) {
    await tell(removed.error, vscode.l10n.t('The queue is still there.'));
    return;
  }
  const undo = vscode.l10n.t('Undo');
  const said = vscode.l10n.t('The queue “{0}” is deleted; its tickets are untouched.', own.name);
  if ((await vscode.window.showInformationMessage(said, undo)) !== undo) return;
  const put = await putOwnQuery(own, undefined);
  if (!put.ok) await tell(put.error, vscode.l10n.t('The queue “{0}” is not back.', own.name));
}

async function edit(
  deps: QueuesDeps,
  queues: QueuesView,
  own: { name: string; query: string },
  replaced: string | undefined,
): Promise<void> {
  const title = replaced === undefined ? vscode.l10n.t('New Queue') : vscode.l10n.t('Edit “{0}”', replaced);
  const asked = await askQuery(deps, {
    title: vscode.l10n.t('{0} (1/2): what is in it?', title),
    value: own.query,
    finish: (count) => vscode.l10n.t('{0} now', ticketCount(count, vscode.l10n.t)),
  });
  if (!asked) return;
  const taken = new Set(ownQueries().map(({ name }) => name));
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('{0} (2/2): what is it called?', title),
    value: own.name === '' ? asked.text : own.name,
    validateInput: (value) => {
      if (value.trim() === '') return vscode.l10n.t('A queue needs a name.');
      return value.trim() !== replaced && taken.has(value.trim())
        ? vscode.l10n.t('There is a queue of this name already.')
        : undefined;
    },
  });
  if (name === undefined) return;
  const put = await putOwnQuery({ name: name.trim(), query: asked.text }, replaced);
  if (!put.ok) {
    await tell(put.error, vscode.l10n.t('The queue was not kept.'));
    return;
  }
  queues.refresh();
  await showQueue(queues, `own:${name.trim()}`);
}

async function ownQueue(queues: QueuesView, argument: unknown, title: string): Promise<Queue['own']> {
  const own = queues.queues.flatMap(({ queue }) => (queue.own ? [{ id: queue.id, own: queue.own }] : []));
  const named = own.find(({ id }) => id === argument)?.own;
  if (named) return named;
  if (own.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('You have made no queue yet: “Deskside: New Queue…” makes one.'),
    );
    return undefined;
  }
  const picks = own.map((one) => ({ label: one.own.name, description: one.own.query, own: one.own }));
  return (await vscode.window.showQuickPick(picks, { title }))?.own;
}
