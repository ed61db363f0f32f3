import { existsSync } from 'node:fs';
import path from 'node:path';
import { doMainJob } from './mainJob.ts';
import { ensurePackage } from './package.ts';
import { out, root, temporaryFolder } from './paths.ts';
import { copySampleWorkspace } from './sampleWorkspace.ts';
import { startWorkbench } from './workbench.ts';

const incidentLog = path.resolve(root, '..', 'shared', 'data', 'incident_event_log.csv');

/** `npm start -- --once`: does the main job in a real VS Code, says how each step went, and ends. */
export async function once(): Promise<boolean> {
  const vsix = await ensurePackage();
  const data = await temporaryFolder('once');
  const workspace = path.join(data, 'workspace');
  await copySampleWorkspace(workspace);
  const importFile = existsSync(incidentLog) ? incidentLog : undefined;
  console.log(`Data folder: ${data}\nScreenshots: ${path.join(out, 'screenshots')}\n`);
  const workbench = await startWorkbench({
    workspace,
    extensionsFrom: vsix,
    userDataDir: path.join(data, 'vscode'),
    settings: { 'deskside.localDesk': { user: 'Alice Agent' } },
  });
  const began = Date.now();
  try {
    await doMainJob({
      workbench,
      workspace,
      ...(importFile === undefined ? {} : { importFile }),
      step: async (name, work) => {
        const start = Date.now();
        try {
          await work();
        } catch (error) {
          await workbench.screenshot('once-failed');
          throw new Error(`Failed at "${name}"`, { cause: error });
        }
        console.log(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${name}`);
      },
    });
    console.log(`\nThe main job is done, in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
    return true;
  } catch (error) {
    console.error(error);
    return false;
  } finally {
    await workbench.stop();
  }
}
