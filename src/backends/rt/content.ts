const begin = /"Content"\s*:\s*"/;
const longestKey = 64;

/**
 * The bytes of an attachment out of RT's JSON, as they arrive: `"Content": "<base64 in lines>"` among other fields.
 * Within another field's text the quotes would be escaped, so that only the field itself matches.
 */
export function contentOf(json: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const decoder = new TextDecoder('latin1');
  let state: 'before' | 'within' | 'after' = 'before';
  let rest = '';

  const take = (controller: TransformStreamDefaultController<Uint8Array>): void => {
    if (state === 'before') {
      const found = begin.exec(rest);
      if (found === null) {
        rest = rest.slice(-longestKey);
        return;
      }
      rest = rest.slice(found.index + found[0].length);
      state = 'within';
    }
    if (state === 'within') {
      const end = rest.indexOf('"');
      const safe = end === -1 ? rest.length - (rest.endsWith('\\') ? 1 : 0) : end;
      const digits = rest.slice(0, safe).replace(/\\[nr/]/g, (escape) => (escape === '\\/' ? '/' : ''));
      const whole = end === -1 ? digits.length - (digits.length % 4) : digits.length;
      if (whole > 0) controller.enqueue(new Uint8Array(Buffer.from(digits.slice(0, whole), 'base64')));
      rest = digits.slice(whole) + rest.slice(safe);
      if (end !== -1) state = 'after';
    }
    if (state === 'after') rest = '';
  };

  return json.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        rest += decoder.decode(chunk, { stream: true });
        take(controller);
      },
      flush() {
        if (state !== 'after') throw new Error('The attachment is incomplete.');
      },
    }),
  );
}
