import * as vscode from 'vscode';
import type { CommandDeps } from '../commands/deps.ts';
import type * as queuesBundle from './queues.ts';

type Bundle = typeof queuesBundle;
type Act = (bundle: Bundle, view: InstanceType<Bundle['QueuesView']>, argument: unknown) => Promise<void>;

/** Shows the queues, and registers what is done with them. */
export function registerQueues(deps: CommandDeps): vscode.Disposable {
  const loading = import('./queues.ts').then((bundle) => ({ bundle, view: new bundle.QueuesView(deps) }));
  const command = (id: string, act: Act) =>
    deps.commands.registerCommand(id, async (argument: unknown) => {
      const { bundle, view } = await loading;
      await act(bundle, view, argument);
    });
  return vscode.Disposable.from(
    { dispose: () => void loading.then(({ view }) => view.dispose()) },
    command('deskside.showQueue', (bundle, view, argument) => bundle.showQueue(view, argument)),
    command('deskside.newQueue', (bundle, view, argument) => bundle.newQueue(deps, view, argument)),
    command('deskside.editQueue', (bundle, view, argument) => bundle.editQueue(deps, view, argument)),
    command('deskside.deleteQueue', (bundle, view, argument) => bundle.deleteQueue(view, argument)),
    command('deskside.filterTickets', (bundle) => bundle.filterTickets(deps)),
    command('deskside.clearFilter', (bundle, view) => bundle.clearFilter(deps, view)),
  );
}
