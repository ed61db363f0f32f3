import { decoded } from '../content/decoded.ts';
import type { AdfNode } from './adf.ts';

type Mark = NonNullable<AdfNode['marks']>[number];

const names: Record<string, string> = { '*': 'strong', _: 'em', '-': 'strike' };
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
/** What has no word in Markdown, in the order in which it is looked for. */
const strange = [
  /^\{([a-z]+)(?::[^}\n]*)?\}[^]*?\{\1\}/,
  /^\{[a-z]+(?::[^}\n]*)?\}/,
  /^!(?=\S)[^!\n]+!/,
  /^\[\^[^\]\n]+\]/,
  /^\[[^\]\n|]*\|[^\]\n|]*\|[^\]\n]*\]/,
  /^\?\?(?=\S)[^\n]+?\?\?/,
];
const literalUrl = /^https?:\/\/[^\s|[\]{}\\*_]+/;
const isWord = (one: string | undefined) => one !== undefined && /[\p{L}\p{N}]/u.test(one);

/** The text of a line, or of several, in wiki markup. */
export function inlineOf(text: string, marks: readonly Mark[] = []): AdfNode[] {
  const nodes: AdfNode[] = [];
  const put = (node: AdfNode) => {
    const last = nodes.at(-1);
    if (
      node.type === 'text' &&
      last?.type === 'text' &&
      JSON.stringify(last.marks) === JSON.stringify(node.marks)
    ) {
      last.text = `${last.text ?? ''}${node.text ?? ''}`;
    } else nodes.push(node);
  };
  const say = (said: string, more: readonly Mark[] = marks) => {
    if (said !== '') put({ type: 'text', text: said, ...(more.length > 0 && { marks: [...more] }) });
  };
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const special = specialAt(rest, text[at - 1], marks);
    if (special !== undefined) {
      for (const node of special.nodes) put(node);
      at += special.taken;
      continue;
    }
    const [said, taken] = characterAt(rest);
    say(said);
    at += taken;
  }
  return nodes;
}

interface Special {
  nodes: AdfNode[];
  taken: number;
}

function specialAt(rest: string, before: string | undefined, marks: readonly Mark[]): Special | undefined {
  if (rest.startsWith('\n')) return { nodes: [{ type: 'hardBreak' }], taken: 1 };
  if (rest.startsWith('\\\\')) {
    const [whole = ''] = /^\\\\\n?/.exec(rest) ?? [];
    return { nodes: [{ type: 'hardBreak' }], taken: whole.length };
  }
  const [code, inside = ''] = /^\{\{((?:\\[^\n]|[^\\\n])*?)\}\}/.exec(rest) ?? [];
  if (code !== undefined && inside !== '') {
    const kept = marks.filter(({ type }) => type === 'link');
    return {
      nodes: [{ type: 'text', text: plainOf(inside), marks: [...kept, { type: 'code' }] }],
      taken: code.length,
    };
  }
  const linked = linkAt(rest, marks);
  if (linked !== undefined) return linked;
  const marked = markAt(rest, before, marks);
  if (marked !== undefined) return marked;
  const [raw] = strange.map((one) => one.exec(rest)?.[0]).filter((one) => one !== undefined);
  const pair = /^([+^~])(?=\S)[^\n]*?\S\1/.exec(rest)?.[0];
  const odd = raw ?? (pair !== undefined && !isWord(before) && !isWord(rest[pair.length]) ? pair : undefined);
  return odd === undefined
    ? undefined
    : { nodes: [{ type: 'wiki', attrs: { text: odd } }], taken: odd.length };
}

function linkAt(rest: string, marks: readonly Mark[]): Special | undefined {
  const [mention, id = '', words] =
    /^\[~([^\]\n]+)\](?:\{anchor:((?:[^}%\n]|%[0-9A-F]{2})+)\})?/.exec(rest) ?? [];
  if (mention !== undefined) {
    const text = words === undefined ? `@${id}` : decoded(words);
    return { nodes: [{ type: 'mention', attrs: { id, text } }], taken: mention.length };
  }
  const alone = /^\[((?:https?|ftp|mailto):[^\]|\s]+)\]/.exec(rest);
  const [whole, text = '', href = ''] =
    /^\[((?:\\[^\n]|\{\{(?:\\[^\n]|[^\\\n])*?\}\}|[^\]|\\\n])+)\|([^\]|\n]+)\]/.exec(rest) ??
    (alone ? [alone[0], undefined, alone[1]] : []);
  if (whole === undefined || !/^(?:[a-z][\w+.-]*:|[/#?.])/i.test(href)) return undefined;
  const inner = [...marks, { type: 'link', attrs: { href } }];
  return {
    nodes: text === '' ? [{ type: 'text', text: href, marks: inner }] : inlineOf(text, inner),
    taken: whole.length,
  };
}

/** `*strong*` between words, `{*}strong{*}` within one. */
function markAt(rest: string, before: string | undefined, marks: readonly Mark[]): Special | undefined {
  const found = /^(?:\{([*_-])\}|([*_-])(?=\S))/.exec(rest);
  const [opening, braced, bare] = found ?? [];
  const sign = braced ?? bare ?? '';
  const type = names[sign];
  if (opening === undefined || type === undefined || marks.some((mark) => mark.type === type))
    return undefined;
  if (opening.length === 1 && (isWord(before) || rest[1] === sign)) return undefined;
  const skip = /\\[^\n]|\{\{(?:\\[^\n]|[^\\\n])*?\}\}|\[(?:\\[^\n]|[^\]\\\n])*\]|\{[*_-]\}|[^]/guy;
  skip.lastIndex = opening.length;
  for (let next = skip.exec(rest); next; next = skip.exec(rest)) {
    const [piece] = next;
    const closes =
      piece === `{${sign}}` ||
      (piece === sign && !isWord(rest[skip.lastIndex]) && /\S/.test(rest[next.index - 1] ?? ' '));
    if (piece === '\n') return undefined;
    if (closes && next.index > opening.length) {
      return {
        nodes: inlineOf(rest.slice(opening.length, next.index), [...marks, { type }]),
        taken: skip.lastIndex,
      };
    }
  }
  return undefined;
}

function plainOf(text: string): string {
  let said = '';
  for (let at = 0; at < text.length;) {
    const [one, taken] = characterAt(text.slice(at));
    said += one;
    at += taken;
  }
  return said;
}

/** One character, or an address, as it is meant. */
function characterAt(rest: string): [string, number] {
  const [url] = literalUrl.exec(rest) ?? [];
  if (url !== undefined) return [url, url.length];
  const [entity, code, name] = /^&(?:#(\d{1,6})|(amp|lt|gt|quot));/.exec(rest) ?? [];
  if (entity !== undefined) {
    return [name === undefined ? String.fromCodePoint(Number(code)) : (named[name] ?? entity), entity.length];
  }
  const escape = /^\\([^\s\p{L}\p{N}])/u.exec(rest)?.[1];
  if (escape !== undefined) return [escape, 1 + escape.length];
  const first = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return [first, first.length];
}
