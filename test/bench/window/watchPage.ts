/** What a frame showed, and since when. */
export interface Painted {
  what: string;
  at: number;
}

interface Watched {
  pressedAt?: number;
  painted?(painted: Painted): void;
}

/**
 * Runs in every frame of the window: notes when a key was pressed, and tells what is to be seen each time it is another
 * thing. All of it is in one function, because it is sent to the page as text.
 */
export function watchPage(): void {
  const own = window as unknown as Watched;
  addEventListener('keydown', () => (own.pressedAt = Date.now()), true);
  let last = '';

  /** A ticket and whether its timeline is there, the bare panel, or the first rows of the side bar. */
  function seen(): string {
    // A webview is written into a hidden frame, which is shown when it is loaded.
    const frame = window.frameElement;
    if (frame !== null && getComputedStyle(frame).visibility === 'hidden') return '';
    const panel = document.querySelector('deskside-panel')?.shadowRoot;
    if (panel) {
      const title = panel.querySelector('h1')?.textContent.trim() ?? '';
      return panel.querySelector('article') ? `ticket: ${title}` : '';
    }
    if (document.querySelector('#bare')) return 'bare';
    if (window !== window.top) return '';
    const rows = [...document.querySelectorAll('.sidebar .monaco-list-row')].slice(0, 12);
    return rows.length === 0 ? '' : `rows: ${rows.map((row) => row.textContent).join(' ')}`;
  }

  function look(): void {
    const what = seen();
    if (what !== last) {
      last = what;
      // What the next frame shows is there when the task after it begins.
      requestAnimationFrame(() => {
        setTimeout(() => {
          if (what !== '') own.painted?.({ what, at: Date.now() });
        });
      });
    }
  }
  // The page of a webview is written into a frame that is there already, which ends its animation frames.
  setInterval(look, 4);
}
