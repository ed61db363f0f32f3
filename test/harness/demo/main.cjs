const { existsSync, mkdirSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

/** Does what a newcomer would do first: opens the Deskside views (once a browser) and loads the sample (once). */
exports.activate = async function activate(context) {
  if (!context.globalState.get('shown')) {
    await vscode.commands.executeCommand('workbench.view.extension.deskside');
    await context.globalState.update('shown', true);
  }
  const folder = context.globalStorageUri.fsPath;
  const loaded = path.join(folder, 'sample-loaded');
  if (existsSync(loaded)) return;
  await vscode.commands.executeCommand('deskside.loadSample');
  mkdirSync(folder, { recursive: true });
  writeFileSync(loaded, '');
};
