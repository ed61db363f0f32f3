/** The shape of `vscode.l10n.t`, so that text can be made, and tested, without an editor. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** Asks only once for a text without values: VS Code takes a while for each, and a tree has hundreds. */
export function remembered(translate: Translate): Translate {
  const known = new Map<string, string>();
  return (message, ...values) => {
    if (values.length > 0) return translate(message, ...values);
    const text = known.get(message) ?? translate(message);
    known.set(message, text);
    return text;
  };
}
