import assert from 'node:assert/strict';
import type { DeskError, Reason } from '../../../src/desk/errors.ts';
import { probeProblemText, urlProblemText } from '../../../src/editor/commands/signInText.ts';
import { errorText } from '../../../src/editor/errorText.ts';
import { plain } from './plain.ts';

const reasons = Object.keys({
  offline: 0,
  unauthorised: 0,
  forbidden: 0,
  'not-found': 0,
  conflict: 0,
  server: 0,
  tls: 0,
  'unknown-outcome': 0,
  'rate-limited': 0,
  rejected: 0,
  protocol: 0,
  unsupported: 0,
  cancelled: 0,
  storage: 0,
} satisfies Record<Reason, 0>) as Reason[];

const time = (at: number) => `at ${at}`;

describe('what is said of an error', () => {
  for (const reason of reasons) {
    it(`is a sentence for "${reason}"`, () => {
      const said = errorText({ reason, message: 'Connect ECONNREFUSED.' }, plain, time);
      assert.match(said, /^[A-Z].*[.?]$/s);
      assert.ok(!/\.\.|\{\d\}|undefined/.test(said), said);
    });
  }

  it('differs from reason to reason', () => {
    const said = new Set(reasons.map((reason) => errorText({ reason, message: 'x' }, plain, time)));
    assert.ok(said.size >= reasons.length - 1, 'only what speaks for itself is taken as it is');
  });

  it('names the time to wait for and the field at fault', () => {
    const limited: DeskError = { reason: 'rate-limited', message: '', resetAt: 7 };
    assert.match(errorText(limited, plain, time), /at 7/);
    const refused: DeskError = { reason: 'rejected', message: 'no such status', field: 'status' };
    assert.match(errorText(refused, plain, time), /"status": no such status/);
  });
});

describe('what is said while signing in', () => {
  const about = {
    url: 'https://rt.example.com/rt',
    kind: 'Request Tracker',
    secretName: 'authentication token',
  };
  const said = (reason: Exclude<Reason, 'rate-limited'>) =>
    probeProblemText({ reason, message: 'raw' }, about, plain) ?? '';

  it('tells a wrong token, a silent server and another system apart', () => {
    assert.match(
      said('unauthorised'),
      /rt\.example\.com answers, but does not accept this authentication token/,
    );
    assert.match(said('offline'), /Nothing answers at rt\.example\.com/);
    assert.match(said('protocol'), /is not Request Tracker/);
    assert.equal(said('not-found'), said('protocol'));
  });

  it('helps with every way to mistype an address', () => {
    const problems = ['empty', 'malformed', 'not-http', 'has-credentials'] as const;
    assert.equal(new Set(problems.map((problem) => urlProblemText(problem, plain))).size, problems.length);
  });
});
