/** The one way to insert text that keeps a field's undo. Browsers advise against it, and have no other. */
interface Typing {
  execCommand(command: 'insertText', showUI: false, text: string): boolean;
}

/** Puts text into a field as if it had been typed: with undo, and heard by whoever listens for input. */
export function insertText(
  field: HTMLTextAreaElement,
  text: string,
  start = field.selectionStart,
  end = field.selectionEnd,
): void {
  field.focus();
  field.setSelectionRange(start, end);
  const typing: Typing = document;
  if (typing.execCommand('insertText', false, text)) return;
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}
