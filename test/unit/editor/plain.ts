import type { Translate } from '../../../src/editor/translate.ts';

/** Says everything in English, as VS Code does without a language pack. */
export const plain: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));
