import { html, nothing, type TemplateResult } from 'lit';
import type { DraftFile } from '../../desk/draft.ts';
import { largestFile } from '../files.ts';
import { byteSize } from './format.ts';
import { icon } from './icon.ts';
import { t } from './l10n.ts';
import { visibleText } from './visibleText.ts';

/** The files that go with a text, each of which can be taken away again. */
export function fileChips(
  files: readonly DraftFile[],
  remove: (file: DraftFile) => void,
): TemplateResult | typeof nothing {
  if (files.length === 0) return nothing;
  return html`<ul class="files" aria-label=${t('Attached files')}>
    ${files.map((file) => {
      const name = visibleText(file.name);
      const label = t('Remove {0}', name);
      return html`<li class="file">
        ${icon('attach')}<bdi class="name">${name}</bdi><span class="size">${byteSize(file.size)}</span
        ><button class="remove" title=${label} aria-label=${label} @click=${() => remove(file)}>
          ${icon('close')}
        </button>
      </li>`;
    })}
  </ul>`;
}

/** The files of something pasted or dropped. Text that comes with a picture of it (from a spreadsheet) is meant as text. */
export function filesIn(data: DataTransfer | null, alsoWithText: boolean): File[] {
  const files = [...(data?.files ?? [])];
  return alsoWithText || data?.getData('text/plain') === '' ? files : [];
}

/** Reads a file; or why it can't go along. */
export async function readFile(file: File): Promise<Uint8Array | string> {
  const name = visibleText(file.name);
  if (file.size > largestFile)
    return t('{0} is too large to be attached: {1} at most.', name, byteSize(largestFile));
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return t('{0} could not be read. Folders can\u2019t be attached.', name);
  }
}
