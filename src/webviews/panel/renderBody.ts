import MarkdownIt from 'markdown-it';
import type { Body } from '../../desk/entry.ts';
import { safeLink } from '../safeLink.ts';
import { t } from './l10n.ts';
import { createLink, sanitize, textNodes, textOfHtml } from './sanitize.ts';
import { visibleText } from './visibleText.ts';

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** Longer bodies are shown as mere text: their format, and links in them, would hold the panel up. */
const longBody = 500_000;
const longQuote = 240;
const longBlock = 10_000;
const paragraphs = 'p, li, td, th, dd, dt, h1, h2, h3, h4, h5, h6, div, blockquote';
const firstLetter = /\p{L}/u;
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** A line in parts that can be laid out one by one. */
const longLine = /.{1,10000}/gsu;
const quotedLine = /^\s*>/;

/** A body as nodes that run nothing, load nothing and link nowhere by themselves. */
export function renderBody(body: Body): DocumentFragment {
  const fragment = body.text.length > longBody ? unformatted(body) : formatted(body);
  // In Markdown a quotation was put there on purpose; in a mail it is what was said before.
  for (const quote of body.format === 'markdown' ? [] : fragment.querySelectorAll('blockquote')) {
    const nested = quote.parentElement?.closest('blockquote, details') ?? null;
    if (nested === null && quote.textContent.length > longQuote) fold(quote);
  }
  for (const block of fragment.querySelectorAll('pre')) addCopy(block);
  if (body.format === 'markdown') showTasks(fragment);
  setDirections(fragment);
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

function unformatted(body: Body): DocumentFragment {
  return plain(body.format === 'html' ? textOfHtml(body.text) : body.text);
}

/** Text as it was written, with links to click; what it quotes stands apart. */
function plain(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let block: string[] = [];
  let length = 0;
  let quoting = false;
  const flush = (): void => {
    const content = block.join('\n').trimEnd();
    block = [];
    length = 0;
    if (content === '') return;
    const element = document.createElement(quoting ? 'blockquote' : 'div');
    element.className = 'text';
    element.append(...linked(visibleText(content), text.length <= longBody));
    fragment.append(element);
  };
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    const turned = quotedLine.test(line) !== quoting;
    if (turned) flush();
    if (turned) quoting = !quoting;
    for (const part of line.match(longLine) ?? ['']) {
      if (length > longBlock) flush();
      block.push(quoting ? part.replace(/^\s*> ?/, '') : part);
      length += part.length;
    }
  }
  flush();
  return fragment;
}

function linked(text: string, find: boolean): (Node | string)[] {
  if (!find) return [text];
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

/**
 * Each paragraph reads in the direction of its first letter. (The browser's own ways, `dir=auto` and `unicode-bidi:
 * plaintext`, take quadratic time on long texts.)
 */
function setDirections(fragment: DocumentFragment): void {
  const decided = new Set<Element>();
  for (const { data, parentElement } of textNodes(fragment)) {
    const block = parentElement?.closest<HTMLElement>(paragraphs) ?? null;
    const letter = firstLetter.exec(data)?.[0];
    if (block === null || letter === undefined || decided.has(block)) continue;
    decided.add(block);
    if (block.dir === '' && rightToLeft.test(letter)) block.dir = 'rtl';
  }
}

function fold(quote: HTMLElement): void {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = t('Quoted text');
  quote.replaceWith(details);
  details.append(summary, quote);
}

/** `- [ ]` and `- [x]` as boxes to look at: to tick one would be to change what somebody wrote. */
function showTasks(fragment: DocumentFragment): void {
  const begun = new Set<Element>();
  for (const node of textNodes(fragment)) {
    const item = node.parentElement?.closest('li') ?? null;
    if (item === null || begun.has(item) || node.data.trim() === '') continue;
    begun.add(item);
    const [mark, tick] = /^\[([ xX])\] /.exec(node.data) ?? [];
    if (mark === undefined) continue;
    const box = document.createElement('span');
    box.className = 'task';
    box.role = 'img';
    box.ariaLabel = tick === ' ' ? t('To do') : t('Done');
    box.textContent = tick === ' ' ? '☐' : '☑';
    item.classList.add('with-task');
    node.data = node.data.slice(mark.length);
    node.before(box);
  }
}

/** A button that puts the code on the clipboard, in a frame around it. */
function addCopy(block: HTMLPreElement): void {
  const frame = document.createElement('div');
  frame.className = 'code';
  const button = document.createElement('button');
  button.className = 'copy';
  button.type = 'button';
  button.textContent = t('Copy');
  button.ariaLabel = t('Copy code');
  block.replaceWith(frame);
  frame.append(block, button);
  block.tabIndex = 0;
}
