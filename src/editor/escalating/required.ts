import * as vscode from 'vscode';
import { handOffSections, type HandOffSection } from '../../desk/handOff.ts';

/** What every team wants filled in, by its name: the setting `deskside.escalation.required`. */
export function allRequired(): Record<string, HandOffSection[]> {
  const setting = vscode.workspace.getConfiguration('deskside').get<unknown>('escalation.required');
  if (typeof setting !== 'object' || setting === null) return {};
  return Object.fromEntries(
    Object.entries(setting).flatMap(([team, named]: [string, unknown]) =>
      Array.isArray(named)
        ? [[team, handOffSections.map(({ id }) => id).filter((id) => named.includes(id))]]
        : [],
    ),
  );
}

/** The sections of a hand-off that a team wants filled in. */
export function requiredBy(team: string): readonly HandOffSection[] {
  return allRequired()[team] ?? [];
}
