import { attachmentContract } from './attachments.ts';
import { conversationContract } from './conversation.ts';
import { escalationContract } from './escalation.ts';
import { fieldContract } from './fields.ts';
import { landedContract } from './landed.ts';
import { pullContract } from './pull.ts';
import { scopeContract } from './scopes.ts';
import { sessionContract } from './session.ts';
import { targetContract } from './targets.ts';
import type { ContractSubject } from './subject.ts';
import { tieContract } from './ties.ts';

/**
 * What every backend must do, run against one of them. Where a capability is missing, the refusal is checked instead; that
 * tickets can be answered and assigned is taken for granted.
 */
export function contractSuite(name: string, open: () => Promise<ContractSubject>): void {
  describe(`contract: ${name}`, function () {
    this.timeout(180_000);
    let subject: ContractSubject | undefined;
    const opened = (): ContractSubject => {
      if (subject === undefined) throw new Error('The subject is not open.');
      return subject;
    };

    before(async () => {
      subject = await open();
    });
    after(() => subject?.close());

    sessionContract(opened);
    pullContract(opened);
    scopeContract(opened);
    conversationContract(opened);
    fieldContract(opened);
    escalationContract(opened);
    tieContract(opened);
    targetContract(opened);
    attachmentContract(opened);
    landedContract(opened);
  });
}
