import * as vscode from 'vscode';
import type { Ticket } from '../../desk/ticket.ts';
import { macrosFor, type Macro } from '../../replies/macros.ts';
import { fillFor, type FillDeps } from './fillFor.ts';
import { ownMacros } from './ownMacros.ts';
import { approveMacros, macrosFolder, workspaceMacros } from './workspaceMacros.ts';

export interface MacroDeps extends FillDeps {
  memory: vscode.Memento;
}
export type Readers = 'public' | 'internal' | undefined;

interface MacroPick extends vscode.QuickPickItem {
  act: Macro | 'approve' | 'new';
}

/** The macros that may be used where this is read. */
export async function usableMacros(
  { memory }: Pick<MacroDeps, 'memory'>,
  readers: Readers,
): Promise<Macro[]> {
  const { approved } = await workspaceMacros(memory);
  return macrosFor(readers, [...ownMacros(), ...approved.map(({ macro }) => macro)]);
}

/** Asks which macro. Each is shown as it reads for `ticket`. */
export async function pickMacro(
  deps: MacroDeps,
  ticket: Ticket,
  about: { title: string; readers: Readers },
): Promise<Macro | undefined> {
  const { waiting } = await workspaceMacros(deps.memory);
  const macros = await usableMacros(deps, about.readers);
  const picks = macros.map((macro): MacroPick => {
    const text = fillFor(deps, ticket, macro.text).replace(/\s+/g, ' ').trim();
    return { label: macro.name, detail: text.length > 120 ? `${text.slice(0, 119)}…` : text, act: macro };
  });
  const more: MacroPick[] = [
    ...(waiting.length === 0
      ? []
      : [
          {
            label: `$(shield) ${vscode.l10n.t('Approve the macros of this workspace…')}`,
            description: vscode.l10n.t('{0} in {1}', waiting.length, macrosFolder),
            alwaysShow: true,
            act: 'approve' as const,
          },
        ]),
    { label: `$(add) ${vscode.l10n.t('New macro…')}`, alwaysShow: true, act: 'new' },
  ];
  const picked = await vscode.window.showQuickPick<MacroPick>([...picks, ...more], {
    title: about.title,
    placeHolder:
      macros.length === 0
        ? vscode.l10n.t('There are no macros yet: texts that you write again and again')
        : vscode.l10n.t('Type to find a macro by its name or text'),
    matchOnDetail: true,
  });
  if (picked?.act === 'new') {
    await vscode.commands.executeCommand('deskside.newMacro', about.readers);
    return undefined;
  }
  if (picked?.act === 'approve') {
    return (await approveMacros(deps.memory, waiting)) ? pickMacro(deps, ticket, about) : undefined;
  }
  return picked?.act;
}
