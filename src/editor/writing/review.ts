import * as vscode from 'vscode';
import { applyRedactions, type Redaction } from '../../runbooks/redaction.ts';

/** How much of the line before a redaction is shown, in characters. */
const wordsBefore = 30;

/** Shows every secret and personal datum that was found; what stays ticked is taken out of the text. */
export async function review(
  text: string,
  redactions: readonly Redaction[],
  title: string,
): Promise<string | undefined> {
  if (redactions.length === 0) return text;
  const items = redactions.map((redaction) => ({
    label: redaction.text,
    description: `→ ${redaction.replacement}`,
    detail: lineAround(text, redaction),
    picked: true,
    redaction,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDetail: true,
    title,
    placeHolder: vscode.l10n.t('Everything ticked is replaced. Untick what may stand in the document.'),
  });
  return (
    picked &&
    applyRedactions(
      text,
      picked.map(({ redaction }) => redaction),
    )
  );
}

/** Its line, from a few words before it, so that it is seen in a list too. */
function lineAround(text: string, { range }: Redaction): string {
  const line = text.lastIndexOf('\n', range.start - 1) + 1;
  const end = text.indexOf('\n', range.end);
  const start = Math.max(line, text.lastIndexOf(' ', range.start - wordsBefore) + 1);
  return (start > line ? '… ' : '') + text.slice(start, end === -1 ? undefined : end).trim();
}
