import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const fence = /^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ {0,3}\1[ \t]*$/gm;
const heading = /^ {0,3}#{1,6}[ \t]+(.+)$/gm;
const underlined = /^(?![ \t>|+*-])(.+)\n(?:=+|-{2,})[ \t]*$/gm;
const link = /!?\[([^\]\n]*)\]\(([^()\s]+)\)/g;
const definition = /^ {0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*(\S+)/gm;

/**
 * The least that anyone has to do who knows the links of a folder: read each file, and look for links and headings with
 * regular expressions, code blocks blanked out. Gives how many links and headings there are.
 */
export function readingFloor(folder: string): number {
  let count = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) count += readingFloor(file);
    else if (entry.name.endsWith('.md')) {
      const text = readFileSync(file, 'utf8').replace(fence, (block) => block.replace(/[^\n]/g, ' '));
      for (const pattern of [heading, underlined, link, definition])
        count += [...text.matchAll(pattern)].length;
    }
  }
  return count;
}
