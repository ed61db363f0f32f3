/** The text of one block, and the nodes that it is made of. */
export interface TextRun {
  text: string;
  nodes: { node: Text; start: number }[];
}

const blocks =
  'p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, div, blockquote, pre, article, header, summary, time';

/** All text that is shown in an element, also within its components, block by block in reading order. */
export function collectText(root: Element): TextRun[] {
  const runs: TextRun[] = [];
  let block: Element | null = null;
  const visit = (node: Node): void => {
    if (node instanceof Text) {
      if (node.data.trim() === '') return;
      const around = node.parentElement?.closest(blocks) ?? null;
      if (runs.length === 0 || around !== block) runs.push({ text: '', nodes: [] });
      block = around;
      const run = runs.at(-1);
      if (run === undefined) return;
      run.nodes.push({ node, start: run.text.length });
      run.text += node.data;
      return;
    }
    if (node instanceof Element && node.matches('.icon, .visually-hidden')) return;
    const inside = node instanceof Element ? (node.shadowRoot ?? node) : node;
    for (const child of inside.childNodes) visit(child);
  };
  visit(root);
  return runs;
}
