import type { FakeRequest } from './server.ts';

/** The one file of a form, as servers take it apart. */
export function fileOf(
  { headers, body }: FakeRequest,
  field: string,
): { name: string; mediaType: string; bytes: Buffer } | undefined {
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return undefined;
  const headEnd = body.indexOf('\r\n\r\n');
  const end = body.lastIndexOf(`\r\n--${boundary}--`);
  if (headEnd === -1 || end === -1) return undefined;
  const head = body.subarray(0, headEnd).toString('utf8');
  if (!head.includes(`name="${field}"`)) return undefined;
  const name = /filename="([^"]*)"/.exec(head)?.[1] ?? '';
  const mediaType = /content-type: (.+)/i.exec(head)?.[1]?.trim() ?? 'application/octet-stream';
  return { name, mediaType, bytes: body.subarray(headEnd + 4, end) };
}
