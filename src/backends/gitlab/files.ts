import type { Attachment } from '../../desk/entry.ts';
import { decoded } from '../content/decoded.ts';

const link = /!?\[([^\]\n]*)\]\((\/uploads\/([0-9a-f]{32})\/([^()\s]+))\)(?:\{[^}\n]*\})?/g;
const types: Record<string, string> = {
  txt: 'text/plain',
  log: 'text/plain',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
  json: 'application/json',
  zip: 'application/zip',
};

/** The files that a text links to: GitLab has no other list of them. An id is the secret part and the name. */
export function filesIn(text: string): Attachment[] {
  return [...text.matchAll(link)].map(([, , , secret = '', name = '']) => {
    const plain = decoded(name);
    const extension = /\.(\w+)$/.exec(plain)?.[1]?.toLowerCase() ?? '';
    return {
      id: `${secret}/${name}`,
      name: plain,
      mediaType: types[extension] ?? 'application/octet-stream',
    };
  });
}

/** The text without the links to files, if nothing else is in it. */
export function withoutLoneFiles(text: string): string {
  return text.replace(link, '').trim() === '' ? '' : text;
}
