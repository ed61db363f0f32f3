import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Hover, WorkspaceEdit } from 'vscode-languageserver/node';
import { temporaryFolder } from '../../harness/paths.ts';
import { ServerProcess } from '../../shared/serverProcess.ts';
import { p95, type Bench, type Measured } from '../figure.ts';
import { storeIn } from '../../shared/seed.ts';
import { seedTickets } from '../seed.ts';
import { corpusPath, writeCorpus } from './corpus.ts';
import { renameEdits } from './markdownPeer.ts';

const ticketCount = 100_000;
const fileCount = 10_000;
const asked = 200;
/** What is shown with a key has to be there with the next frame. */
const frame = 16;
const account = 'bench';

/** The language server in a process of its own, over a large desk and a large workspace, as an editor asks it. */
export const language: Bench = {
  name: 'language',
  run: async () => {
    const root = await temporaryFolder('language');
    const folder = path.join(root, 'docs');
    await writeCorpus(folder, fileCount);
    await seedTickets(root, account, ticketCount);
    const server = await ServerProcess.start(
      {
        keyPatterns: [{ accountId: account, source: '(?<![\\w-])#\\d+(?![\\w-])' }],
        runbooksFolder: 'runbooks',
        linksAreChecked: false,
        storeFolder: storeIn(root),
      },
      [folder],
    );
    try {
      return await measured(server, folder);
    } finally {
      await server.kill();
      await rm(root, { recursive: true, force: true });
    }
  },
};

async function measured(server: ServerProcess, folder: string): Promise<Measured[]> {
  const number = (at: number) => 1 + ((at * 7919) % ticketCount);
  const completions = await times(async (at) => {
    const { items } = await server.complete(`See #${String(number(at)).slice(0, 3)}|`);
    if (items.length === 0) throw new Error('Nothing was completed.');
  });
  const hovers = await times(async (at) => {
    const hover: Hover | null = await server.hover(`See #${number(at)}|`);
    if (hover === null) throw new Error('Nothing was shown.');
  });
  const [from, to] = [corpusPath(0), path.join('moved', 'runbook.md')].map((file) => path.join(folder, file));
  const begin = performance.now();
  const files = [{ oldUri: pathToFileURL(from ?? '').href, newUri: pathToFileURL(to ?? '').href }];
  const edit = await server.connection.sendRequest<WorkspaceEdit>('workspace/willRenameFiles', { files });
  const renamed = performance.now() - begin;
  const peer = await renameEdits(folder, from ?? '', to ?? '');
  const touched = Object.keys(edit.changes ?? {}).length;
  if (touched < peer.documents) throw new Error(`${touched} documents change, not ${peer.documents}.`);
  const common = { size: ticketCount, unit: 'ms', peer: 'a frame', peerValue: frame };
  return [
    { ...common, name: 'language.completion-p95', value: p95(completions), target: { value: frame } },
    { ...common, name: 'language.hover-p95', value: p95(hovers), target: { value: frame } },
    {
      name: 'language.rename',
      size: fileCount,
      value: renamed,
      unit: 'ms',
      peer: 'vscode-markdown-languageservice, which knows the workspace already',
      peerValue: peer.time,
      target: { ratio: 1 },
    },
    {
      name: 'language.memory',
      size: fileCount,
      value: residentMegabytes(server),
      unit: 'MB',
      peer: 'the most it may be',
      peerValue: 250,
      target: { ratio: 1 },
    },
  ];
}

async function times(ask: (at: number) => Promise<void>): Promise<number[]> {
  for (let at = 0; at < 20; at++) await ask(at); // To warm up.
  const all: number[] = [];
  for (let at = 0; at < asked; at++) {
    const begin = performance.now();
    await ask(at);
    all.push(performance.now() - begin);
  }
  return all;
}

function residentMegabytes({ process: { pid } }: ServerProcess): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1000;
}
