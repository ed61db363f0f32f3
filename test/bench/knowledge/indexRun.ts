import path from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { checksOf } from '../../../src/server/checks/checks.ts';
import { Diagnostics } from '../../../src/server/diagnostics.ts';
import { Outlines } from '../../../src/server/outlines.ts';
import { Texts } from '../../../src/server/texts.ts';
import { TicketLookup } from '../../../src/server/ticketLookup.ts';
import { uriOf, WorkspaceIndex } from '../../../src/server/workspaceIndex.ts';
import { corpusPath } from './corpus.ts';
import { firstReferences } from './markdownPeer.ts';
import { readingFloor } from './readingFloor.ts';

/** One measurement in a process of its own: `indexRun.ts <what> <folder> <cache or size>`; the answer is JSON. */
const [what = '', folder = '', argument = ''] = process.argv.slice(2);
const keyPatterns = [{ accountId: 'desk', source: '(?<![\\w-])(?:HD|INC)-\\d+(?![\\w-])', complete: true }];
const keystrokes = 300;

/** Milliseconds of the processor: what other work the machine has does not count. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const measurements: Record<string, () => Promise<Record<string, number>>> = {
  floor: async () => {
    readingFloor(folder);
    const begin = processorTime();
    const count = readingFloor(folder);
    return Promise.resolve({ time: processorTime() - begin, count });
  },
  cold: async () => {
    await new WorkspaceIndex({ keyPatterns }).addFolder(folder);
    return index(undefined);
  },
  memory: () => index(undefined),
  warm: () => index(argument),
  peer: async () => {
    const begin = processorTime();
    const count = await firstReferences(folder);
    return { time: processorTime() - begin, count };
  },
  edit: () => edit(Number(argument)),
};

async function index(cacheFolder: string | undefined): Promise<Record<string, number>> {
  const begin = processorTime();
  const made = new WorkspaceIndex({ keyPatterns, cacheFolder });
  await made.addFolder(folder);
  const count = made.linkingTo(path.join(folder, corpusPath(0))).length;
  return { time: processorTime() - begin, count, memory: process.memoryUsage().rss / 1e6 };
}

/** The 95th percentile of what a keystroke takes: its text, the index, and what is found in all documents it touches. */
async function edit(lines: number): Promise<Record<string, number>> {
  const open = new Map<string, TextDocument>();
  const waiting: string[] = [];
  const outlines = new Outlines();
  const texts = new Texts((uri) => open.get(uri));
  const tickets = new TicketLookup(path.join(folder, 'no-store'));
  tickets.configure(keyPatterns);
  const made = new WorkspaceIndex({
    keyPatterns,
    changed: (change) => diagnostics.dependentsChanged(change),
  });
  const diagnostics = new Diagnostics({
    checks: checksOf({
      index: made,
      tickets,
      isRunbook: () => true,
      linksAreChecked: () => false,
      requiredBy: () => [],
      repliesAreChecked: () => false,
    }),
    outlines,
    index: made,
    texts,
    manual: undefined,
    isRunbook: () => true,
    checksAll: () => false,
    publish: (uri) => waiting.push(uri),
    log: () => undefined,
  });
  await made.addFolder(folder);
  const file = path.join(folder, corpusPath(1));
  const text = (texts.of(file)?.getText() ?? '').repeat(Math.max(1, Math.round(lines / 85)));
  const document = TextDocument.create(uriOf(file), 'markdown', 1, text);
  open.set(document.uri, document);
  texts.opened(document.uri);
  const times: number[] = [];
  for (let version = 2; version < keystrokes + 2; version++) {
    const at = document.positionAt(Math.floor((text.length * version) / (keystrokes + 2)));
    const typed = version % 10 === 0 ? '\n## Heading\n' : 'x';
    const begin = processorTime();
    TextDocument.update(document, [{ range: { start: at, end: at }, text: typed }], version);
    const outline = outlines.of(document);
    if (outline !== undefined) made.documentChanged(document.uri, outline);
    diagnostics.check(document);
    times.push(processorTime() - begin);
  }
  times.sort((a, b) => a - b);
  return { time: times[Math.floor(times.length * 0.95)] ?? 0, count: document.lineCount };
}

const measured = await measurements[what]?.();
process.stdout.write(JSON.stringify(measured));
process.exit(0);
