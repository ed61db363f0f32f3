import { Readable } from 'stream';
import type { AxiosError, AxiosResponse } from 'axios';
import type { DeskError } from '../../desk/errors.ts';

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

export function headersOf(response: AxiosResponse<unknown>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  }
  return headers;
}

export function bytesOf(response: AxiosResponse<unknown>): number {
  return Buffer.isBuffer(response.data)
    ? response.data.length
    : Number(headersOf(response)['content-length'] ?? 0);
}

/** The beginning of an error's body, also when a stream was asked for. */
export async function bodyOf(data: unknown): Promise<Buffer> {
  if (Buffer.isBuffer(data)) return data;
  if (!(data instanceof Readable)) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of data) {
      if (!Buffer.isBuffer(chunk)) break;
      chunks.push(chunk);
      size += chunk.length;
      if (size > 64 * 1024) break;
    }
  } catch {
    return Buffer.concat(chunks);
  }
  return Buffer.concat(chunks);
}

export function codeOf(caught: unknown): string | undefined {
  if (typeof caught !== 'object' || caught === null || !('code' in caught)) return undefined;
  return typeof caught.code === 'string' ? caught.code : undefined;
}

export function syscallOf(error: AxiosError): string | undefined {
  const { cause } = error;
  if (cause === undefined || !('syscall' in cause)) return undefined;
  return typeof cause.syscall === 'string' ? cause.syscall : undefined;
}

/** No error carries a secret, even if the server repeats it. */
export function redacted(error: DeskError, secrets: readonly string[]): DeskError {
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), error.message);
  return { ...error, message };
}

export function webStream(data: Readable, signal: AbortSignal): ReadableStream<Uint8Array> {
  const stop = () => data.destroy(new Error('Cancelled.'));
  signal.addEventListener('abort', stop, { once: true });
  data.once('close', () => {
    signal.removeEventListener('abort', stop);
  });
  const iterator = data[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next: IteratorResult<unknown> = await iterator.next();
      if (next.done === true) controller.close();
      else if (next.value instanceof Uint8Array) controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
