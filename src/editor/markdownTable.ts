import { markdownTable } from 'markdown-table';
import { oneLine } from '../desk/plainText.ts';

/**
 * A table whose columns line up in the text too: those whose numbers are in `right` at their right edge. A bar in a cell
 * does not end it.
 */
export function tableOf(
  right: readonly number[],
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = [head, ...rows].map((row) =>
    row.map((cell) => oneLine(cell).replaceAll(/(?<!\\)\|/g, '\\|')),
  );
  return markdownTable(cells, { align: head.map((_, column) => (right.includes(column) ? 'r' : null)) });
}
