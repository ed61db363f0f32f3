import { literal } from '../../desk/literal.ts';
import { collectText, type TextRun } from './textRuns.ts';

/** More matches than this are not shown one by one. */
export const mostMatches = 1_000;

/** Where `query` stands in what is shown, in reading order. Upper and lower case are the same. */
export function findText(root: Element, query: string): Range[] {
  if (query === '') return [];
  const pattern = new RegExp(literal(query), 'giu');
  const ranges: Range[] = [];
  for (const run of collectText(root)) {
    for (const match of run.text.matchAll(pattern)) {
      ranges.push(rangeOf(run, match.index, match.index + match[0].length));
      if (ranges.length === mostMatches) return ranges;
    }
  }
  return ranges;
}

function rangeOf(run: TextRun, start: number, end: number): Range {
  const range = document.createRange();
  const [from, to] = [placeOf(run, start), placeOf(run, end - 1)];
  range.setStart(from.node, from.offset);
  range.setEnd(to.node, to.offset + 1);
  return range;
}

function placeOf({ nodes }: TextRun, at: number): { node: Text; offset: number } {
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const part = nodes[middle];
    if (part !== undefined && part.start <= at) low = middle;
    else high = middle - 1;
  }
  const found = nodes[low];
  if (found === undefined) throw new RangeError('There is no text here.');
  return { node: found.node, offset: at - found.start };
}

/** Opens what is folded around a match and brings it into sight. */
export function reveal(range: Range): void {
  for (let node: Node | null = range.startContainer; node !== null;) {
    if (node instanceof HTMLDetailsElement) node.open = true;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  range.startContainer.parentElement?.scrollIntoView({ block: 'center' });
}
