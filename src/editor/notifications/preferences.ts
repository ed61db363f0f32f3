import * as vscode from 'vscode';
import type { EventKind } from '../../desk/events.ts';
import { readQuietHours, type QuietHours } from '../../desk/quietHours.ts';

export interface Preferences {
  wants: Record<EventKind, boolean>;
  /** A ticket is due soon that long before. */
  soonMs: number;
  quiet: QuietHours | undefined;
}

/** What the user wants to be told of, and when. */
export function preferences(): Preferences {
  const setting = vscode.workspace.getConfiguration('deskside.notifications');
  return {
    wants: {
      new: setting.get('new', true),
      answered: setting.get('answered', true),
      assigned: setting.get('assigned', true),
      mentioned: setting.get('mentioned', true),
      slaSoon: setting.get('slaSoon', true),
      slaBreached: setting.get('slaBreached', true),
    },
    soonMs: setting.get('slaSoonMinutes', 30) * 60_000,
    quiet: readQuietHours(setting.get('quietHours', '')),
  };
}
