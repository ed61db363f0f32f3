import type { ReactiveControllerHost } from 'lit';
import { filesIn } from './composerFiles.ts';

/** Takes the files that are pasted into an element or dropped on it; text goes its usual way. */
export class FileDrop {
  /** Files are held over the element. */
  isOver = false;
  readonly #host: ReactiveControllerHost;
  readonly #take: (files: readonly File[]) => void;

  constructor(host: ReactiveControllerHost, take: (files: readonly File[]) => void) {
    this.#host = host;
    this.#take = take;
  }

  readonly onPaste = (event: ClipboardEvent): void =>
    this.#takeFrom(event, filesIn(event.clipboardData, false));

  readonly onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    this.#over(true);
  };

  readonly onDragLeave = (): void => this.#over(false);

  readonly onDrop = (event: DragEvent): void => {
    this.#over(false);
    this.#takeFrom(event, filesIn(event.dataTransfer, true));
  };

  #takeFrom(event: Event, files: readonly File[]): void {
    if (files.length === 0) return;
    event.preventDefault();
    this.#take(files);
  }

  #over(isOver: boolean): void {
    if (this.isOver === isOver) return;
    this.isOver = isOver;
    this.#host.requestUpdate();
  }
}
