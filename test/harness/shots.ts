import { rm } from 'node:fs/promises';
import path from 'node:path';
import { main } from './main.ts';
import { copySampleWorkspace } from './sampleWorkspace.ts';
import { ensurePackage } from './package.ts';
import { temporaryFolder } from './paths.ts';
import { Camera } from './shots/camera.ts';
import { desk } from './shots/desk.ts';
import { escalation } from './shots/escalation.ts';
import { knowledge, run } from './shots/knowledge.ts';
import { panel } from './shots/panel.ts';
import { startWorkbench, themes, type ThemeName } from './workbench.ts';

/** `npm run shots [-- THEME|SCENE…]`: every state in three themes, in the order of a working day; see `Camera`. */
const scenes = { ...desk.before, ...panel, ...knowledge, ...escalation, ...desk.after, run };
const wanted = process.argv.slice(2);
const chosen = (name: string, all: readonly string[]) =>
  !all.some((one) => wanted.includes(one)) || wanted.includes(name);
async function shoot(theme: ThemeName): Promise<void> {
  const data = await temporaryFolder('shots');
  const workspace = path.join(data, 'it-operations');
  await copySampleWorkspace(workspace);
  const workbench = await startWorkbench({
    workspace,
    extensionsFrom: await ensurePackage(),
    settings: {
      'deskside.localDesk': { user: 'Alice Agent' },
      'workbench.colorTheme': themes[theme],
      'window.autoDetectColorScheme': false,
    },
  });
  const camera = new Camera(workbench, theme);
  try {
    await desk.open(camera);
    for (const [name, scene] of Object.entries(scenes)) {
      if (!chosen(name, Object.keys(scenes))) continue;
      await workbench.command('Notifications: Clear All Notifications');
      await workbench.command('View: Close All Editors');
      try {
        await scene(camera, workspace);
      } catch (error) {
        throw new Error(`"${name}" failed; see ${await workbench.screenshot('shots-failed')}`, {
          cause: error,
        });
      }
    }
  } finally {
    await workbench.stop();
    await rm(data, { recursive: true, force: true });
  }
}

await main(import.meta, async () => {
  const names = Object.keys(themes) as ThemeName[];
  for (const theme of names) if (chosen(theme, names)) await shoot(theme);
  return true;
});
