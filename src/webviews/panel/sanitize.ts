import DOMPurify, { type Config } from 'dompurify';
import { safeLink } from '../safeLink.ts';
import { t } from './l10n.ts';
import { visibleText } from './visibleText.ts';

const config: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [
    ...[
      'a',
      'abbr',
      'address',
      'article',
      'b',
      'blockquote',
      'br',
      'caption',
      'center',
      'cite',
      'code',
      'dd',
    ],
    ...[
      'del',
      'details',
      'dfn',
      'div',
      'dl',
      'dt',
      'em',
      'figcaption',
      'figure',
      'font',
      'footer',
      'h1',
      'h2',
    ],
    ...['h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark', 'ol', 'p'],
    ...['pre', 'q', 's', 'samp', 'section', 'small', 'span', 'strike', 'strong', 'sub', 'summary', 'sup'],
    ...['table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul', 'var', '#text'],
  ],
  ALLOWED_ATTR: ['href', 'src', 'alt', 'colspan', 'rowspan', 'start', 'dir', 'lang'],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

/** Where a link goes, kept beside the element: the element itself has no address that a browser would follow. */
const targets = new WeakMap<Element, string>();

/** Where the link at (or around) this node goes. */
export function linkTarget(node: EventTarget | null): string | undefined {
  const link = node instanceof Element ? node.closest('.link') : null;
  return link === null ? undefined : targets.get(link);
}

/**
 * Hostile HTML as a tree that runs nothing and loads nothing. It is made in a document that is not shown, so that
 * nothing is fetched while it is being looked at.
 */
export function sanitize(source: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(source, config);
  for (const image of fragment.querySelectorAll('img')) image.replaceWith(picture(image));
  for (const anchor of fragment.querySelectorAll('a')) anchor.replaceWith(anchorAsLink(anchor));
  for (const text of textNodes(fragment)) text.data = visibleText(text.data);
  return fragment;
}

/** The words of hostile HTML, a line for each of its lines. */
export function textOfHtml(source: string): string {
  const { body } = new DOMParser().parseFromString(source, 'text/html');
  for (const element of body.querySelectorAll('script, style, template, title')) element.remove();
  for (const element of body.querySelectorAll(
    'br, p, div, li, tr, pre, blockquote, h1, h2, h3, h4, h5, h6',
  )) {
    element.append('\n');
  }
  return body.textContent;
}

/** A link that only the extension can open, after a click. */
export function createLink(url: URL, children: readonly Node[]): HTMLElement {
  const link = document.createElement('span');
  link.className = 'link';
  link.role = 'link';
  link.tabIndex = 0;
  link.title = visibleText(url.href);
  link.append(...children);
  targets.set(link, url.href);
  return link;
}

function anchorAsLink(anchor: HTMLAnchorElement): Node {
  const url = safeLink(anchor.getAttribute('href') ?? '');
  const children = [...anchor.childNodes];
  if (url === undefined) {
    const text = document.createElement('span');
    text.append(...children);
    return text;
  }
  const link = createLink(url, children);
  const claimed = claimedHost(link.textContent);
  if (claimed !== undefined && claimed !== url.hostname) {
    const note = document.createElement('span');
    note.className = 'real-host';
    note.textContent = ` ${t('(goes to {0})', url.hostname || url.pathname)}`;
    link.append(note);
  }
  return link;
}

/** The host that a link's text says it goes to, if it reads like an address. */
function claimedHost(text: string): string | undefined {
  const claim = /^\s*(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/:?#]\S*)?\s*$/u.exec(text)?.[1];
  return claim === undefined ? undefined : URL.parse(`https://${claim}`)?.hostname;
}

/** What stands where a picture would be. */
function picture(image: HTMLImageElement): Node {
  const place = document.createElement('span');
  place.className = 'picture';
  const url = safeLink(image.getAttribute('src') ?? '');
  const named = image.alt === '' ? undefined : image.alt;
  if (url === undefined) {
    place.textContent =
      named === undefined ? t('Picture not shown') : t('Picture \u201C{0}\u201D not shown', named);
  } else {
    place.textContent =
      named === undefined
        ? t('Picture from {0} not loaded', url.hostname)
        : t('Picture \u201C{0}\u201D from {1} not loaded', named, url.hostname);
  }
  return place;
}

/** All text in it, in order. */
export function textNodes(root: DocumentFragment): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Text) found.push(node);
  }
  return found;
}
