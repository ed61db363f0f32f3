import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { localKeyPattern } from '../../src/backends/local/keys.ts';
import { isRunbook } from '../../src/runbooks/fields.ts';
import { openStore } from '../../src/store/open.ts';
import { checksOf } from '../../src/server/checks/checks.ts';
import type { DiagnosticCode } from '../../src/server/checks/check.ts';
import { Diagnostics } from '../../src/server/diagnostics.ts';
import type { LeftOut } from '../../src/server/markdownFiles.ts';
import { Outlines } from '../../src/server/outlines.ts';
import { Texts } from '../../src/server/texts.ts';
import { TicketLookup } from '../../src/server/ticketLookup.ts';
import { uriOf, WorkspaceIndex } from '../../src/server/workspaceIndex.ts';
import { ticket, value } from '../unit/store/fixtures.ts';

/** Something the checks said, at its place in the file; paths are relative, `/` as separator. */
export interface Found {
  file: string;
  code: DiagnosticCode;
  message: string;
  start: number;
  end: number;
}

export interface CheckedWorkspace {
  texts: ReadonlyMap<string, string>;
  found: Found[];
  leftOut: LeftOut[];
}

const storeWorker = new URL('../../src/store/worker.ts', import.meta.url);

/** A desk with the tickets HD-1 to HD-9, all it has. */
export async function writeDesk(storeFolder: string): Promise<void> {
  const onNotice = (message: string) => console.error(message);
  const { writer, reader } = value(
    await openStore({ folder: storeFolder, workerFile: storeWorker, onNotice }),
  );
  for (let number = 1; number < 10; number++)
    value(await writer.run('putTicket', ticket(number, { key: `HD-${number}` })));
  value(await writer.run('putAccountState', { accountId: 'a', lastSyncedAt: 1, problems: [] }));
  await writer.close();
  reader.close();
}

/** Every check of the language server over every Markdown file of a folder, of which `runbooks` holds runbooks. */
export async function checkWorkspace(
  folder: string,
  options: { storeFolder: string; runbooks: string },
): Promise<CheckedWorkspace> {
  const keyPatterns = [{ accountId: 'a', source: localKeyPattern(['HD-']).source, complete: true }];
  const runbooks = path.join(folder, options.runbooks) + path.sep;
  const isOne = (file: string, said: Parameters<typeof isRunbook>[0]) =>
    isRunbook(said) || path.join(file).startsWith(runbooks.replace(/(.)\/+$/, '$1/'));
  const tickets = new TicketLookup(options.storeFolder);
  tickets.configure(keyPatterns);
  const index = new WorkspaceIndex({ keyPatterns });
  const outlines = new Outlines();
  const texts = new Texts(() => undefined);
  const diagnostics = new Diagnostics({
    checks: checksOf({
      index,
      tickets,
      isRunbook: (file) => isOne(file, index.at(file)?.frontMatter),
      linksAreChecked: () => false,
      requiredBy: () => [],
      repliesAreChecked: () => false,
    }),
    outlines,
    index,
    texts,
    manual: undefined,
    isRunbook: (file, outline) => isOne(file, outline.frontMatter),
    checksAll: () => true,
    publish: () => undefined,
    log: (line) => console.error(line),
  });
  const leftOut = await index.addFolder(folder);
  const found: Found[] = [];
  const read = new Map<string, string>();
  for (const { path: file } of index.all()) {
    const name = path.relative(folder, file).replaceAll('\\', '/');
    const content = await readFile(file, 'utf8');
    read.set(name, content);
    const document = TextDocument.create(uriOf(file), 'markdown', 1, content);
    for (const { code, message, range } of diagnostics.check(document)) {
      const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
      const text = typeof message === 'string' ? message : message.value;
      found.push({ file: name, code: code as DiagnosticCode, message: text, start, end });
    }
  }
  tickets.close();
  return { texts: read, found, leftOut };
}
