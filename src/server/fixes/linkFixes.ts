import path from 'node:path';
import type { CodeAction } from 'vscode-languageserver/node';
import { describeOutline } from '../../runbooks/document.ts';
import { decoded } from '../../runbooks/documentGraph.ts';
import { documentCommands, type LinkMending } from '../../runbooks/languageCommands.ts';
import { slugOf } from '../../runbooks/slug.ts';
import type { BrokenLinks } from '../checks/resolutionLinkCheck.ts';
import { targetOf } from '../fileMoves.ts';
import { linkedFile, splitTarget } from '../linkTarget.ts';
import { commandFix, editFix, likest, underlined, type Broken } from './fix.ts';

const most = 3;

/** The file of that name that lies elsewhere now, or one of a like name. */
export function deadLink(broken: Broken): CodeAction[] {
  const { index, path: from } = broken;
  const { start, text } = underlined(broken);
  const written = splitTarget(text).file;
  const name = path.basename(decoded(written));
  const named = [...index.all()].filter((one) => path.basename(one.path) === name).map((one) => one.path);
  const folder = index.folderOf(from);
  const wanted = linkedFile(from, text, folder) ?? written;
  const alike =
    named.length > 0
      ? named
      : likest(
          wanted,
          [...index.all()].map((one) => one.path),
          most,
        );
  return alike.slice(0, most).map((file) => {
    const target = targetOf(from, file, written, folder);
    return editFix(broken, `Link to "${target}"`, [{ start, end: start + written.length, text: target }]);
  });
}

/** The headings of the linked document that are the likest. */
export function deadHeading(broken: Broken): CodeAction[] {
  const { index, path: from, outline } = broken;
  const { start, end, text } = underlined(broken);
  const { fragment } = splitTarget(text);
  const linked = linkedFile(from, text, index.folderOf(from));
  const other =
    linked === undefined || linked === from ? undefined : (index.at(linked) ?? index.at(`${linked}.md`));
  const slugs = other?.slugs ?? new Set(outline.headings.map(({ slug }) => slug));
  const place = { start: end - fragment.length, end };
  const changes = likest(decoded(fragment), slugs, most).map((slug) =>
    editFix(broken, `Link to the heading "#${slug}"`, [{ ...place, text: slug }]),
  );
  const without = editFix(broken, 'Link to the whole document', [
    { start: text.startsWith('#') ? start : place.start - 1, end, text: text.startsWith('#') ? '#' : '' },
  ]);
  return text.startsWith('#') ? changes : [...changes, without];
}

/** Tickets that lead to a heading that is gone lead to another one, or to the document. */
export function lostHeading(broken: Broken): CodeAction[] {
  const { linkIds, heading = '' } = broken.diagnostic.data as BrokenLinks;
  const headings = broken.outline.headings
    .filter(({ level, text }) => level > 1 && text !== '')
    .map(({ text }) => text);
  const wanted = likest(heading, headings, most);
  const rest = headings.filter((text) => !wanted.includes(text) && slugOf(text) !== '');
  const offered = (wanted.length > 0 ? wanted : rest).slice(0, most);
  return [...offered, undefined].map((text) => {
    const title =
      text === undefined ? 'Let the tickets link to the whole document' : `Let the tickets link to "${text}"`;
    const mending: LinkMending = {
      linkIds,
      ...mended(broken),
      ...(text !== undefined && { heading: text }),
    };
    return commandFix(broken, { title, command: documentCommands.mendLinks, arguments: [mending] });
  });
}

export function movedDocument(broken: Broken): CodeAction[] {
  const { linkIds } = broken.diagnostic.data as BrokenLinks;
  const mending: LinkMending = { linkIds, ...mended(broken) };
  const title = 'Let the tickets link to this document';
  return [commandFix(broken, { title, command: documentCommands.mendLinks, arguments: [mending] })];
}

function mended({ document, path: file, outline }: Broken): Pick<LinkMending, 'uri' | 'document'> {
  const { id, title } = describeOutline(outline, file);
  return { uri: document.uri, document: { ...(id !== undefined && { id }), title } };
}
