import { randomUUID } from 'crypto';

export interface FormFile {
  field: string;
  name: string;
  mediaType: string;
  bytes: Buffer;
}

/** One file as a form, as browsers send it. */
export function multipart({ field, name, mediaType, bytes }: FormFile): { type: string; body: Buffer } {
  const boundary = `deskside-${randomUUID()}`;
  const quoted = name.replace(/[\r\n]/g, ' ').replace(/"/g, '%22');
  const head = [
    `--${boundary}`,
    `content-disposition: form-data; name="${field}"; filename="${quoted}"`,
    `content-type: ${mediaType.replace(/[^\w./+-]/g, '')}`,
    '',
    '',
  ].join('\r\n');
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
