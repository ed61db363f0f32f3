import * as vscode from 'vscode';
import type { TicketRef } from '../../desk/ticket.ts';
import type { CommandRegistry } from '../commands/commandTable.ts';
import type { TicketPanels } from './ticketPanels.ts';

interface PanelCommandDeps {
  commands: CommandRegistry;
  panels: Pick<TicketPanels, 'active' | 'turnTo'>;
  queue: {
    /** The ticket before (-1) or after (1) this one in the order of the view; its ends where there is none. */
    neighbour(of: TicketRef | undefined, step: 1 | -1): Promise<TicketRef | undefined>;
  };
}

/** Registers what the arrows of the panel do. */
export function registerPanelCommands({ commands, panels, queue }: PanelCommandDeps): vscode.Disposable {
  const turn = (step: 1 | -1) => async () => {
    const ref = await queue.neighbour(panels.active(), step);
    if (ref !== undefined) panels.turnTo(ref);
    else {
      void vscode.window.showInformationMessage(
        step === 1
          ? vscode.l10n.t('This is the last ticket of the view.')
          : vscode.l10n.t('This is the first ticket of the view.'),
      );
    }
  };
  return vscode.Disposable.from(
    commands.registerCommand('deskside.panel.next', turn(1)),
    commands.registerCommand('deskside.panel.previous', turn(-1)),
  );
}
