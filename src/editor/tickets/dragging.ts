import * as vscode from 'vscode';
import { ticketRef } from '../../desk/ticket.ts';
import type { TicketsNode } from './ticketNodes.ts';

/** What is dragged: references to tickets. */
export const ticketsMime = 'application/vnd.deskside.tickets';

/** Tickets dragged out of the tree, and dropped on one of its groups, or on a row in it. */
export const dragging: vscode.TreeDragAndDropController<TicketsNode> = {
  dragMimeTypes: [ticketsMime],
  dropMimeTypes: [ticketsMime],
  handleDrag(nodes, data) {
    const refs = nodes.flatMap((node) => (node.type === 'ticket' ? [ticketRef(node.ref)] : []));
    if (refs.length > 0) data.set(ticketsMime, new vscode.DataTransferItem(JSON.stringify(refs)));
  },
  async handleDrop(target, data) {
    const group = target && 'parent' in target && target.parent.type === 'group' ? target.parent : target;
    if (group?.type !== 'group') return;
    await vscode.commands.executeCommand(
      'deskside._dropOnGroup',
      await draggedTickets(data),
      group.tickets[0],
    );
  },
};

/** The references that are dropped, wherever they were dragged from; nothing else is known of them. */
export async function draggedTickets(data: vscode.DataTransfer): Promise<unknown> {
  // Between two trees VS Code announces the type without content too.
  for (const [type, item] of data) {
    const dragged = type === ticketsMime ? await item.asString() : '';
    if (dragged !== '') return JSON.parse(dragged) as unknown;
  }
  return [];
}
