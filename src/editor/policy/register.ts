import * as vscode from 'vscode';
import { policyPath } from '../../desk/policy/policy.ts';
import type { CommandDeps } from '../commands/deps.ts';
import type * as PolicyModule from './policy.ts';

type PolicyBundle = typeof PolicyModule;
type RuleWatch = PolicyModule.RuleWatch;

/** Registers the commands about escalation policies, and what looks at them once there is one. */
export function registerPolicy(deps: CommandDeps): vscode.Disposable {
  const load = (): Promise<PolicyBundle> => import('./policy.ts');
  const started: { dispose(): void }[] = [];
  let watch: Promise<RuleWatch> | undefined;
  const start = () =>
    (watch ??= load().then(({ PolicyChecks, RuleWatch }) => {
      const rules = new RuleWatch(deps);
      started.push(new PolicyChecks(), rules);
      return rules;
    }));
  const startFor = ({ uri }: { uri: vscode.Uri }) => {
    if (uri.path.endsWith(`/${policyPath}`)) void start();
  };
  const command = (id: string, run: (policy: PolicyBundle) => Promise<void>) =>
    deps.commands.registerCommand(id, async () => run(await load()));
  vscode.workspace.textDocuments.forEach(startFor);
  void vscode.workspace.findFiles(policyPath, undefined, 1).then(([uri]) => uri && start());
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(startFor),
    command('deskside.newEscalationPolicy', (policy) => policy.newEscalationPolicy()),
    command('deskside.dryRunPolicy', (policy) => policy.dryRunPolicy(deps)),
    command('deskside.approvePolicy', async (policy) => {
      if (await policy.approvePolicy(deps)) await (await start()).lookNow();
    }),
    {
      dispose: () => {
        for (const one of started) one.dispose();
      },
    },
  );
}
