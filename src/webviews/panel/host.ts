import type { FromPanel, PanelMemory, ToPanel } from '../messages.ts';
import { parseMemory, parseToPanel } from '../validate.ts';

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

/** What the page was made with. A page that is loaded again knows better what it showed last. */
export function firstMessages(): ToPanel[] {
  if (remembered() !== undefined) return [];
  const said: unknown = JSON.parse(document.querySelector('#begin')?.textContent ?? '[]');
  return Array.isArray(said) ? said.flatMap((message) => parseToPanel(message) ?? []) : [];
}

/** What this panel kept over a reload. */
export function remembered(): PanelMemory | undefined {
  return parseMemory(api.getState());
}

/** Kept over a reload, also while the panel is hidden. */
export function remember(memory: PanelMemory): void {
  api.setState(memory);
}
