import * as vscode from 'vscode';
import type { Instant } from '../../desk/ticket.ts';

const memoryKey = 'deskside.lastActive';
const everyMs = 60_000;
/** Who did nothing for so long has left. */
const absence = 30 * 60_000;

interface Activity {
  last: Instant;
  /** When they were last here before they came back. */
  left?: Instant;
}

/** Notes when the user is at work, in whichever window. */
export function watchActivity(memory: vscode.Memento, now: () => Instant): vscode.Disposable {
  const note = () => {
    const { focused, active } = vscode.window.state;
    if (!focused || !active) return;
    const known = activityIn(memory);
    const left = known && now() - known.last > absence ? known.last : known?.left;
    void memory.update(memoryKey, { last: now(), ...(left !== undefined && { left }) });
  };
  note();
  const minutes = setInterval(note, everyMs);
  return vscode.Disposable.from(vscode.window.onDidChangeWindowState(note), {
    dispose: () => clearInterval(minutes),
  });
}

/** When the user was last at work before they came back; nothing if they never were away. */
export function leftAt(memory: vscode.Memento): Instant | undefined {
  return activityIn(memory)?.left;
}

function activityIn(memory: vscode.Memento): Activity | undefined {
  const kept = memory.get<unknown>(memoryKey);
  if (typeof kept !== 'object' || kept === null || !('last' in kept) || typeof kept.last !== 'number')
    return undefined;
  const left = 'left' in kept && typeof kept.left === 'number' ? kept.left : undefined;
  return { last: kept.last, ...(left !== undefined && { left }) };
}
