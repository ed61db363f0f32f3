/** Escalation policies: a bundle of its own, loaded where there is one. */
export { approvePolicy } from './approve.ts';
export { dryRunPolicy } from './dryRun.ts';
export { newEscalationPolicy } from './newPolicy.ts';
export { PolicyChecks } from './policyChecks.ts';
export { RuleWatch } from './ruleWatch.ts';
