import { survivesFaults } from '../shared/faults/drive.ts';
import { redmineSubject } from './redmineFaults.ts';
import { rtSubject } from './rtFaults.ts';

/** Every fault at least once, on one server or the other; `npm run test:faults` meets each on both. */
describe('faults that must be survived', function () {
  this.timeout(0);
  // One after the other would leave the machine idle while a server thinks.
  survivesFaults(60, [() => rtSubject('lead'), redmineSubject]);
});
