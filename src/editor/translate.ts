/** The shape of `vscode.l10n.t`, so that text can be made, and tested, without an editor. */
export type Translate = (message: string, ...values: (string | number)[]) => string;
