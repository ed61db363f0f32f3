import MarkdownIt from 'markdown-it';
import type { Body } from '../../desk/entry.ts';
import { safeLink } from '../safeLink.ts';
import { createLink, sanitize } from './sanitize.ts';
import { visibleText } from './visibleText.ts';

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Longer text is shown as it is: finding links in it, or its format, would hold the panel up. */
const longText = 1_000_000;
const longQuote = 240;
const quotedLine = /^\s*>/;

/** A body as nodes that run nothing, load nothing and link nowhere by themselves. */
export function renderBody(body: Body): DocumentFragment {
  const fragment =
    body.text.length > longText && body.format === 'markdown' ? plain(body.text) : formatted(body);
  for (const quote of fragment.querySelectorAll('blockquote')) {
    const nested = quote.parentElement?.closest('blockquote, details') ?? null;
    if (nested === null && quote.textContent.length > longQuote) fold(quote);
  }
  return fragment;
}

function formatted(body: Body): DocumentFragment {
  switch (body.format) {
    case 'html':
      return sanitize(body.text);
    case 'markdown':
      return sanitize(markdown.render(body.text));
    case 'text':
      return plain(body.text);
  }
}

/** Text as it was written, with links to click; what it quotes stands apart. */
function plain(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let block: string[] = [];
  let quoting = false;
  const flush = (): void => {
    const content = block.join('\n').replace(/^\n+|\s+$/g, '');
    block = [];
    if (content === '') return;
    const element = document.createElement(quoting ? 'blockquote' : 'div');
    element.className = 'text';
    element.append(...linked(visibleText(content)));
    fragment.append(element);
  };
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    if (quotedLine.test(line) !== quoting) {
      flush();
      quoting = !quoting;
    }
    block.push(quoting ? line.replace(/^\s*> ?/, '') : line);
  }
  flush();
  return fragment;
}

function linked(text: string): (Node | string)[] {
  if (text.length > longText) return [text];
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const match of markdown.linkify.match(text) ?? []) {
    const url = safeLink(match.url);
    if (url === undefined) continue;
    nodes.push(text.slice(end, match.index), createLink(url, [document.createTextNode(match.text)]));
    end = match.lastIndex;
  }
  nodes.push(text.slice(end));
  return nodes;
}

function fold(quote: HTMLElement): void {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Quoted text';
  quote.replaceWith(details);
  details.append(summary, quote);
}
