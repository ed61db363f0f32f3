import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { checkTemplate, placeholders } from '../../runbooks/userTemplate.ts';
import { Approvals } from '../approvals.ts';
import type { CommandDeps } from '../commands/deps.ts';

const mostTemplates = 50;

/**
 * Asks which form a new runbook has, where the workspace has templates of its own. One that came with the workspace is
 * used only after its content was approved; any change of it asks again.
 */
export async function pickTemplate(
  deps: Pick<CommandDeps, 'memory'>,
  folder: vscode.Uri,
): Promise<'ours' | { text: string } | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(folder);
  const where = vscode.workspace
    .getConfiguration('deskside', folder)
    .get<string>('runbooks.templates', '.deskside/templates');
  if (!root || where === '' || where.split('/').includes('..')) return 'ours';
  const pattern = new vscode.RelativePattern(root, `${where}/*.md`);
  const uris = await vscode.workspace.findFiles(pattern, null, mostTemplates);
  if (uris.length === 0) return 'ours';
  const items = uris
    .map((uri) => ({ label: nameOf(uri), description: vscode.workspace.asRelativePath(uri, false), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const ours = { label: vscode.l10n.t('The usual form'), description: '', uri: undefined };
  const picked = await vscode.window.showQuickPick([...items, ours], {
    title: vscode.l10n.t('Write Runbook: in which form?'),
  });
  if (!picked) return undefined;
  return picked.uri === undefined ? 'ours' : readTemplate(deps, picked.uri);
}

async function readTemplate(
  { memory }: Pick<CommandDeps, 'memory'>,
  uri: vscode.Uri,
): Promise<{ text: string } | undefined> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const [problem] = checkTemplate(text);
  if (problem) {
    const open = vscode.l10n.t('Open Template');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The template "{0}" can not be used: line {1}: {2}',
        nameOf(uri),
        problem.line,
        problem.message,
      ),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Nothing was written. A template may have {0}.',
          placeholders.map((name) => `{{${name}}}`).join(', '),
        ),
      },
      open,
    );
    if (answer === open) {
      const at = new vscode.Range(problem.line - 1, 0, problem.line - 1, 0);
      await vscode.window.showTextDocument(uri, { selection: at });
    }
    return undefined;
  }
  const hash = createHash('sha256').update(`template\n${uri.toString()}\n${text}`).digest('hex');
  const approvals = new Approvals(memory);
  if (approvals.has(hash)) return { text };
  const use = vscode.l10n.t('Use It');
  const look = vscode.l10n.t('Look at It');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Use the template "{0}" of this workspace?', nameOf(uri)),
    {
      modal: true,
      detail: vscode.l10n.t(
        'It is new, or was changed since it was last used. What it says will stand in the runbook.',
      ),
    },
    use,
    look,
  );
  if (answer === look) await vscode.window.showTextDocument(uri);
  if (answer !== use) return undefined;
  await approvals.add(hash);
  return { text };
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/\.md$/, '');
}
