import { survivesFaults } from '../shared/faults/drive.ts';
import { githubSubject } from './githubFaults.ts';
import { jiraSubject } from './jiraFaults.ts';

/** The same faults where there is no server to be had: every one at least once, on one imitation or the other. */
describe('faults that must be survived, by systems that are imitated', function () {
  this.timeout(0);
  survivesFaults(60, [jiraSubject, githubSubject]);
});
