import * as vscode from 'vscode';
import { localDeskAccountId } from '../../backends/local/kind.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { tell } from '../errors.ts';
import type { ImportDeps } from './deps.ts';

/** Puts the sample tickets on the local desk, or brings those there up to date. Asks nothing. */
export async function loadSample(deps: ImportDeps): Promise<void> {
  const loaded = await load(deps);
  if (!loaded.ok) return tell(loaded.error, vscode.l10n.t('The sample desk was not loaded.'));
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The sample desk is loaded: {0} tickets. "Deskside: Remove Sample Desk" takes them away again.',
      loaded.value,
    ),
  );
}

async function load(deps: ImportDeps): Promise<Result<number>> {
  const accountId = localDeskAccountId(deps.accounts.all());
  if (accountId === undefined) {
    return fail({
      reason: 'unsupported',
      message: vscode.l10n.t('There is no local desk among your accounts'),
    });
  }
  const file = vscode.Uri.joinPath(deps.extensionUri, 'media', 'sample', 'desk.json');
  const json = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const importer = await import('../../backends/local/import/importer.ts');
  const sample = importer.readSample(json);
  if (!sample.ok) return sample;
  const made = importer.sampleTickets(sample.value, {
    accountId,
    me: deps.localDesk().user,
    now: deps.now(),
  });
  const written = await deps.writer.run('localImport', made.tickets);
  if (!written.ok) return written;
  for (const link of made.links) {
    const stored = await deps.writer.run('putLink', link);
    if (!stored.ok) return stored;
  }
  await deps.sync.syncNow(accountId, new AbortController().signal);
  return ok(made.tickets.length);
}

/** Takes the sample tickets away, with what was written on them, after asking. */
export async function removeSample(deps: ImportDeps): Promise<void> {
  const importer = await import('../../backends/local/import/importer.ts');
  const tickets = sampleOf(deps, importer.sampleTag);
  if (tickets.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There are no sample tickets on the local desk.'),
    );
    return;
  }
  const remove = vscode.l10n.t('Remove');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Remove the {0} sample tickets?', tickets.length),
    { modal: true, detail: vscode.l10n.t('What you wrote on them goes with them. Your own tickets stay.') },
    remove,
  );
  if (answer !== remove) return;
  const removed = await removeAll(deps, tickets);
  if (!removed.ok) return tell(removed.error);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} sample tickets were removed.', tickets.length),
  );
}

async function removeAll(deps: ImportDeps, tickets: readonly Ticket[]): Promise<Result<void>> {
  const removed = await deps.writer.run(
    'localRemove',
    tickets.map(({ id }) => id),
  );
  if (!removed.ok) return removed;
  for (const { accountId, id } of tickets) {
    const ref = { accountId, id };
    for (const link of deps.reader.linksOf(ref)) {
      const gone = await deps.writer.run('deleteLink', link.id);
      if (!gone.ok) return gone;
    }
    const dropped = await deps.writer.run('dropTickets', [ref]);
    if (!dropped.ok) return dropped;
  }
  return ok();
}

function sampleOf({ reader }: ImportDeps, tag: string): Ticket[] {
  const found: Ticket[] = [];
  const page = 200;
  for (let from = 0; ;) {
    const { tickets, sequence } = reader.localChanges(from, page);
    found.push(...tickets.map(({ ticket }) => ticket).filter(({ tags }) => tags.includes(tag)));
    if (tickets.length < page) return found;
    from = sequence;
  }
}
