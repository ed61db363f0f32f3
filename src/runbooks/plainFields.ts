const name = /[A-Za-z_][\w-]*:(?=[ \t\r\n]|$)/y;
const plainText = /^[^\s&*!|>'"%@`{}[\]#,?:-](?:[^:#]|:(?=\S)|(?<=\S)#)*$/;
const space = 32;
const hash = 35;
const minus = 45;

/**
 * The fields of front matter that is written as nearly all is: `name: value`, `name: [a, b]`, or `name:` with a list of
 * `- item` lines. `undefined` for anything else, which is for the YAML library to read, at thirty times the cost.
 */
export function plainFields(yaml: string): Map<string, string[]> | undefined {
  const fields = new Map<string, string[]>();
  let list: string[] | undefined;
  for (let start = 0; start < yaml.length;) {
    const lineEnd = yaml.indexOf('\n', start);
    const end = lineEnd === -1 ? yaml.length : lineEnd;
    const line = start;
    start = end + 1;
    let first = line;
    while (yaml.charCodeAt(first) === space) first++;
    const character = yaml.charCodeAt(first);
    if (character === hash || first >= end || (character === 13 && first === end - 1)) continue;
    if (list !== undefined && character === minus && yaml.charCodeAt(first + 1) === space) {
      const value = scalarOf(yaml.slice(first + 2, end).trim());
      if (value === undefined) return undefined;
      if (value !== null) list.push(value);
      continue;
    }
    name.lastIndex = line;
    if (!name.test(yaml)) return undefined;
    const field = yaml.slice(line, name.lastIndex - 1);
    const written = yaml.slice(name.lastIndex, end).trim();
    const values = written.startsWith('[') ? itemsOf(written) : oneOf(written);
    if (values === undefined || fields.has(field)) return undefined;
    fields.set(field, values);
    list = written === '' ? values : undefined;
  }
  return fields;
}

function oneOf(written: string): string[] | undefined {
  const value = scalarOf(written);
  return value === undefined ? undefined : value === null ? [] : [value];
}

function itemsOf(written: string): string[] | undefined {
  if (!written.endsWith(']')) return undefined;
  const inside = written.slice(1, -1).trim();
  if (inside === '') return [];
  const values: string[] = [];
  for (const part of inside.split(',')) {
    const value = scalarOf(part.trim());
    if (value === undefined || value === null || /[[\]{}]|:$/.test(value)) return undefined;
    values.push(value);
  }
  return values;
}

/** A value's text; `null` for none, `undefined` for what is not plain. */
function scalarOf(written: string): string | null | undefined {
  if (written === '' || written === '~' || /^(?:null|Null|NULL)$/.test(written)) return null;
  const first = written[0];
  if (first === '"' || first === "'") {
    const inside = written.slice(1, -1);
    const isWhole = written.length > 1 && written.endsWith(first) && !inside.includes(first);
    return isWhole && !inside.includes('\\') ? inside : undefined;
  }
  return plainText.test(written) && !written.endsWith(':') ? written : undefined;
}
