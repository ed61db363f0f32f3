import * as vscode from 'vscode';
import { isPublic } from '../../desk/operation.ts';
import { ticketRef } from '../../desk/ticket.ts';
import { planDraft } from '../../replies/plan.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { beginHandOff } from '../escalating/handOffDraft.ts';
import { requiredBy } from '../escalating/required.ts';
import { Approvals } from '../approvals.ts';
import { takeFirings, type RuleFiring, type RuleInForce } from './firings.ts';
import { policyFiles, ruleHash, type PolicyFile } from './policyFiles.ts';
import { conditionText } from './ruleText.ts';
import { Turns } from './turns.ts';

/** What changes together is looked at together. */
const gatherMs = 5_000;
/** Time alone makes rules apply. */
const everyMs = 60_000;
const declinedKey = 'deskside.escalation.declined';

/** Does what the approved rules say, in the window that the user looks at. */
export class RuleWatch implements vscode.Disposable {
  readonly #deps: CommandDeps;
  readonly #approvals: Approvals;
  readonly #disposables: { dispose(): unknown }[];
  readonly #asked = new Set<string>();
  readonly #turns = new Turns(() => this.#look(), gatherMs);
  /** Whoever answers a dialog looks at this window, though it may not have the focus back yet. */
  #userWaits = false;

  constructor(deps: CommandDeps) {
    this.#deps = deps;
    this.#approvals = new Approvals(deps.memory);
    const soon = () => this.#turns.soon();
    const minutes = setInterval(soon, everyMs);
    this.#disposables = [
      this.#turns,
      deps.sync.onDidChange(soon),
      vscode.workspace.onDidSaveTextDocument(soon),
      vscode.workspace.onDidGrantWorkspaceTrust(soon),
      { dispose: () => clearInterval(minutes) },
    ];
    soon();
  }

  /** Looks at once, because the user has just said that a policy is to take effect. */
  lookNow(): Promise<void> {
    this.#userWaits = true;
    return this.#turns.now();
  }

  dispose(): void {
    for (const one of this.#disposables) one.dispose();
  }

  async #look(): Promise<void> {
    const isLookedAt = this.#userWaits || vscode.window.state.focused;
    this.#userWaits = false;
    if (!vscode.workspace.isTrusted || !isLookedAt) return;
    const files = await policyFiles();
    const rules = files.flatMap((file) => this.#inForce(file));
    for (const file of files) this.#askOnce(file);
    if (rules.length === 0) return;
    const { reader, writer, accounts, now } = this.#deps;
    const firings = await takeFirings({ reader, writer, accounts: () => accounts.all(), now }, rules);
    const quiet: RuleFiring[] = [];
    for (const firing of firings) if (!(await this.#act(firing))) quiet.push(firing);
    if (quiet.length === 1) for (const firing of quiet) void this.#tell(firing);
    else if (quiet.length > 1) void this.#tellAll(quiet);
  }

  #inForce(file: PolicyFile): RuleInForce[] {
    if (!file.policy || !this.#approvals.has(file.hash)) return [];
    return file.policy.rules.map((rule) => {
      const hash = ruleHash(file, rule);
      return { rule, hash, maySend: this.#approvals.has(hash) };
    });
  }

  /** A policy that is not approved does nothing but say so, once for each content. */
  #askOnce(file: PolicyFile): void {
    const declined = this.#deps.memory.get<unknown>(declinedKey);
    if (
      !file.policy ||
      this.#approvals.has(file.hash) ||
      declined === file.hash ||
      this.#asked.has(file.hash)
    )
      return;
    this.#asked.add(file.hash);
    void this.#ask(file);
  }

  async #ask(file: PolicyFile): Promise<void> {
    const review = vscode.l10n.t('Review and Approve…');
    const no = vscode.l10n.t('Not This One');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        '{0} has an escalation policy that is new or changed. It does nothing before you approve it.',
        file.folder.name,
      ),
      review,
      no,
    );
    if (chosen === review) await vscode.commands.executeCommand('deskside.approvePolicy');
    else if (chosen === no) await this.#deps.memory.update(declinedKey, file.hash);
  }

  /** Whether nothing is left to be said. */
  async #act(firing: RuleFiring): Promise<boolean> {
    const { rule, ticket, maySend } = firing;
    if ((rule.then !== 'draft' && rule.then !== 'send') || !ticket.mine) return false;
    if (this.#deps.drafts.read('hand-off', ticket) !== '') return false;
    const label = vscode.l10n.t('Hand-off of {0}', ticket.key);
    const { text } = beginHandOff(this.#deps, ticket, chosen(firing));
    if (rule.then === 'send' && maySend && (await this.#send(firing, text))) return true;
    await this.#deps.drafts.update('hand-off', ticket, label, text);
    return false;
  }

  async #send({ rule, ticket }: RuleFiring, text: string): Promise<boolean> {
    const { reader, sync, now } = this.#deps;
    const { accountId, id: ticketId } = ticket;
    const draft = {
      id: '',
      kind: 'hand-off' as const,
      accountId,
      ticketId,
      label: ticket.key,
      text,
      savedAt: now(),
    };
    const capabilities = reader.accountState(accountId)?.capabilities;
    const planned = planDraft(draft, { ticket, requiredBy, capabilities });
    if (!planned.ok || isPublic(planned.plan)) return false;
    const queued = await sync.enqueue({ accountId, ticket, ...planned.plan });
    if (!queued.ok) return false;
    const open = vscode.l10n.t('Open');
    void vscode.window
      .showInformationMessage(
        vscode.l10n.t(
          '{0} was handed on to {1}, as the rule “{2}” says.',
          ticket.key,
          rule.to ?? '',
          rule.name,
        ),
        open,
      )
      .then((chosen) => chosen === open && this.#deps.panels.open(ticket));
    return true;
  }

  async #tell(firing: RuleFiring): Promise<void> {
    const { rule, ticket } = firing;
    const open = vscode.l10n.t('Open');
    const escalate = vscode.l10n.t('Escalate…');
    const chosen = await vscode.window.showInformationMessage(
      sentence(firing),
      ...(rule.then === 'remind' ? [open] : [escalate, open]),
    );
    if (chosen === open) this.#deps.panels.open(ticket);
    else if (chosen === escalate) await this.#escalate(firing);
  }

  async #tellAll(firings: readonly RuleFiring[]): Promise<void> {
    const show = vscode.l10n.t('Show');
    const text = vscode.l10n.t('Escalation rules apply to {0} tickets.', firings.length);
    if ((await vscode.window.showInformationMessage(text, show)) !== show) return;
    const picked = await vscode.window.showQuickPick(
      firings.map((firing) => ({ label: sentence(firing), detail: firing.ticket.subject, firing })),
      { title: text, placeHolder: vscode.l10n.t('Which one?') },
    );
    if (picked) await this.#tell(picked.firing);
  }

  async #escalate(firing: RuleFiring): Promise<void> {
    const { rule, ticket } = firing;
    if (rule.to === undefined) {
      await vscode.commands.executeCommand('deskside.escalate', ticketRef(ticket));
      return;
    }
    await this.#deps.drafts.open('hand-off', ticket, {
      accountId: ticket.accountId,
      label: vscode.l10n.t('Hand-off of {0}', ticket.key),
      ...beginHandOff(this.#deps, ticket, chosen(firing)),
    });
  }
}

function chosen({ rule: { to = '', reason, name } }: RuleFiring) {
  return { target: { name: to, team: to }, reason: reason ?? name };
}

function sentence({ rule, ticket }: RuleFiring): string {
  const why = conditionText(rule.when, vscode.l10n.t);
  switch (rule.then) {
    case 'remind':
      return vscode.l10n.t('{0} ({1}): {2}.', ticket.key, rule.name, why);
    case 'suggest':
      return vscode.l10n.t('{0} should be escalated ({1}): {2}.', ticket.key, rule.name, why);
    case 'draft':
    case 'send':
      return vscode.l10n.t(
        'The hand-off of {0} to {1} is ready to be sent ({2}): {3}.',
        ticket.key,
        rule.to ?? '',
        rule.name,
        why,
      );
  }
}
