const longest = 300;

/** Is this the media type of JSON? */
export function isJson(contentType: string | undefined): boolean {
  return /^\s*application\/([\w.-]+\+)?json\b/i.test(contentType ?? '');
}

/** The JSON of a body; `undefined` if there is none or it is not JSON. An empty body is `{ json: undefined }`. */
export function parseJson(body: Buffer): { json: unknown } | undefined {
  if (body.length === 0) return { json: undefined };
  try {
    return { json: JSON.parse(body.toString('utf8')) };
  } catch {
    return undefined;
  }
}

/** What a server says about an error, in one short line of plain text, where it says something. */
export function explanation(contentType: string | undefined, body: Buffer): string | undefined {
  const text = isJson(contentType) ? said(parseJson(body)?.json) : plain(contentType, body);
  const line = text?.replace(/\s+/g, ' ').trim();
  if (line === undefined || line === '') return undefined;
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

function plain(contentType: string | undefined, body: Buffer): string | undefined {
  return /^\s*text\/plain\b/i.test(contentType ?? '')
    ? body.subarray(0, 2 * longest).toString('utf8')
    : undefined;
}

/** Error bodies differ by system; these are the names most of them use. */
function said(json: unknown): string | undefined {
  if (typeof json === 'string') return json;
  if (Array.isArray(json)) return json.flatMap((one) => said(one) ?? []).join('; ') || undefined;
  if (typeof json !== 'object' || json === null) return undefined;
  const named = new Map<string, unknown>(Object.entries(json));
  for (const name of ['message', 'errorMessages', 'errors', 'error', 'description', 'detail']) {
    const text = said(named.get(name));
    if (text !== undefined) return text;
  }
  return undefined;
}
