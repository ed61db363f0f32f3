import * as vscode from 'vscode';
import type { Ticket } from '../../desk/ticket.ts';
import { changeFields, nameOf, those } from './changeFields.ts';
import type { CommandDeps } from './deps.ts';

interface TagPick extends vscode.QuickPickItem {
  tag: string;
}

/** The tags in use are learnt from so many tickets, the latest first. */
const looked = 1000;

/** Adds tags to one ticket, or to all that are marked, and takes away those whose mark is taken away. */
export async function changeTags(deps: CommandDeps, argument: unknown, selection: unknown): Promise<void> {
  const tickets = those(deps, await deps.current.resolveAll(argument, selection), 'setTags');
  if (tickets.length === 0) return;
  const onAll = intersection(tickets);
  const wanted = await pickTags(deps, tickets, onAll);
  if (!wanted) return;
  const removed = onAll.filter((tag) => !wanted.includes(tag));
  const changes = tickets.flatMap((ticket) => {
    const kept = ticket.tags.filter((tag) => !removed.includes(tag));
    const tags = [...new Set([...kept, ...wanted])];
    return tags.join('\n') === ticket.tags.join('\n') ? [] : [{ ticket, fields: { tags } }];
  });
  if (changes.length === 0) return;
  const added = wanted.filter((tag) => !onAll.includes(tag));
  const said = [...added.map((tag) => `+${tag}`), ...removed.map((tag) => `−${tag}`)].join(' ');
  await changeFields(deps, {
    changes,
    intent: 'tags',
    said: vscode.l10n.t('{0}: {1}', nameOf(changes.map(({ ticket }) => ticket)), said),
  });
}

/** The tags that every one of the tickets is to have. */
function pickTags(
  deps: CommandDeps,
  tickets: readonly Ticket[],
  onAll: readonly string[],
): Promise<string[] | undefined> {
  const pick = vscode.window.createQuickPick<TagPick>();
  pick.title = vscode.l10n.t('Tags of {0}', nameOf(tickets));
  pick.placeholder = vscode.l10n.t('Mark tags, or type a new one');
  pick.canSelectMany = true;
  const known = knownTags(deps, tickets).map((tag): TagPick => {
    const having = tickets.filter(({ tags }) => tags.includes(tag)).length;
    const onSome = having > 0 && having < tickets.length;
    return { label: tag, tag, description: onSome ? vscode.l10n.t('{0} have it', having) : '' };
  });
  const list = (made: readonly TagPick[], marked: readonly TagPick[]) => {
    // VS Code tells what is marked by its place: what is there already keeps its own.
    pick.items = [...known, ...made];
    pick.selectedItems = marked;
  };
  let made: TagPick[] = [];
  list(
    made,
    known.filter(({ tag }) => onAll.includes(tag)),
  );
  return new Promise((resolve) => {
    pick.onDidChangeValue((value) => {
      const typed = tagOf(value);
      const marked = pick.selectedItems;
      made = made.filter((one) => marked.includes(one));
      if (typed !== '' && ![...made, ...known].some(({ tag }) => tag.toLowerCase() === typed.toLowerCase())) {
        made = [
          ...made,
          { label: typed, tag: typed, description: vscode.l10n.t('new tag'), alwaysShow: true },
        ];
      }
      list(made, marked);
    });
    pick.onDidAccept(() => {
      // Enter takes what was typed, without a mark.
      const typed = tagOf(pick.value).toLowerCase();
      const picked = pick.items.filter(
        (one) => pick.selectedItems.includes(one) || one.tag.toLowerCase() === typed,
      );
      resolve([...new Set(picked.map(({ tag }) => tag))]);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** A tag is one word in most systems. */
function tagOf(typed: string): string {
  return typed.trim().replace(/[\s,]+/g, '-');
}

function intersection([first, ...others]: readonly Ticket[]): string[] {
  return (first?.tags ?? []).filter((tag) => others.every(({ tags }) => tags.includes(tag)));
}

/** Those of the tickets, then all others in use there, by name. */
export function knownTags({ reader }: CommandDeps, tickets: readonly Ticket[]): string[] {
  const accountIds = [...new Set(tickets.map(({ accountId }) => accountId))];
  const used = reader.tickets({ accountIds, limit: looked }).flatMap(({ tags }) => tags);
  const own = tickets.flatMap(({ tags }) => tags);
  return [...new Set([...own.toSorted(), ...used.toSorted()])];
}
