import path from 'node:path';
import { decoded } from '../runbooks/documentGraph.ts';
import { isAddress } from '../runbooks/documentRecord.ts';

/** A link's target in its two parts, as written: `../a%20b.md#steps`. */
export function splitTarget(target: string): { file: string; fragment: string } {
  const hash = target.indexOf('#');
  const beforeFragment = hash === -1 ? target : target.slice(0, hash);
  const query = beforeFragment.indexOf('?');
  return {
    file: query === -1 ? beforeFragment : beforeFragment.slice(0, query),
    fragment: hash === -1 ? '' : target.slice(hash + 1),
  };
}

/**
 * The path a link names, as VS Code resolves it: relative to the document, or to the workspace folder where it begins
 * with `/`. `undefined` for addresses of the web, and for what only a workspace folder could resolve.
 */
export function linkedFile(from: string, target: string, folder: string | undefined): string | undefined {
  if (isAddress(target) || !path.isAbsolute(from)) return undefined;
  const { file } = splitTarget(target);
  if (file === '') return from;
  const written = decoded(file);
  const base = written.startsWith('/') ? folder : path.dirname(from);
  return base === undefined ? undefined : path.join(base, written);
}
