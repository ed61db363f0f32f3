import { ensurePackage } from './package.ts';
import { question } from './ticketSteps.ts';
import { startWorkbench, type Workbench } from './workbench.ts';

/** A window with one account, RT, of the Request Tracker at this port, signed in. */
export async function startRtWindow(workspace: string, port: number, token: string): Promise<Workbench> {
  const workbench = await startWorkbench({
    workspace,
    extensionsFrom: await ensurePackage(),
    settings: {
      'deskside.sync.interval': 10,
      'deskside.accounts': [{ id: 'rt', backend: 'rt', label: 'RT', url: `http://127.0.0.1:${port}` }],
    },
  });
  await workbench.openView('Tickets');
  await workbench.command('Deskside: Sign In…');
  await workbench.pick('RT');
  await question(workbench, /Sign In/);
  await workbench.answer(token);
  return workbench;
}
