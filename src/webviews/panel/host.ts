import type { FromPanel, PanelMemory } from '../messages.ts';
import { parseMemory } from '../validate.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** Tells the extension something. */
export function post(message: FromPanel): void {
  api.postMessage(message);
}

/** What this panel kept over a reload. */
export function remembered(): PanelMemory | undefined {
  return parseMemory(api.getState());
}

/** Kept over a reload, also while the panel is hidden. */
export function remember(memory: PanelMemory): void {
  api.setState(memory);
}
