import * as vscode from 'vscode';
import type { TicketRef } from '../../desk/ticket.ts';
import type { Sync } from '../../sync/api.ts';
import { imageTypeOf, largestPreview } from '../../webviews/images.ts';
import type { Preview } from '../../webviews/messages.ts';
import { explain } from '../errors.ts';

/** Fetches a picture to be shown: only what is one by its bytes, and no more of them than can be shown. */
export async function previewAttachment(
  sync: Pick<Sync, 'attachment'>,
  ref: TicketRef,
  attachmentId: string,
  signal: AbortSignal,
): Promise<Preview> {
  const content = await sync.attachment(ref, attachmentId, signal);
  if (!content.ok) return { problem: explain(content.error) };
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of content.value) {
      size += part.byteLength;
      if (size > largestPreview)
        return { problem: vscode.l10n.t('This picture is too large to be shown here.') };
      parts.push(part);
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const bytes = new Uint8Array(Buffer.concat(parts));
  const mediaType = imageTypeOf(bytes);
  return mediaType === undefined
    ? { problem: vscode.l10n.t('This file is not a picture, whatever it is called.') }
    : { bytes, mediaType };
}
