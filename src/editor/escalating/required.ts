import * as vscode from 'vscode';
import { handOffSections, type HandOffSection } from '../../desk/handOff.ts';

/** The sections of a hand-off that a team wants filled in: the setting `deskside.escalation.required`. */
export function requiredBy(team: string): readonly HandOffSection[] {
  const setting = vscode.workspace.getConfiguration('deskside').get<unknown>('escalation.required');
  if (typeof setting !== 'object' || setting === null) return [];
  const named: unknown = (setting as Record<string, unknown>)[team];
  if (!Array.isArray(named)) return [];
  return handOffSections.map(({ id }) => id).filter((id) => named.includes(id));
}
