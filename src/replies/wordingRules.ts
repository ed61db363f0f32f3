/**
 * Words that `retext-simplify` would replace and that a desk needs: they have a meaning of their own in technology, or
 * everybody knows them.
 */
export const ordinaryWords = `
  accurate, additional, address, alternatively, apparent, appropriate, approximate, assist, assistance,
  attempt, authorise, authorize, benefit, capability, cease, component, concerning, contains, currently,
  delete, determine, disclose, effect, eliminate, ensure, equivalent, establish, evaluate, exclusively,
  expiration, failed to, forward, frequently, function, however, i.e., e.g., identical, identify, immediately,
  impacted, implement, indicate, initial, interface, is responsible for, it is, it appears, maintain, maximum,
  minimum, minimise, minimize, modify, monitor, multiple, notify, objective, observe, operate, option,
  overall, parameters, participate, perform, permit, portion, previous, previously, prioritise, prioritize,
  proceed, provide, provided that, purchase, reflect, regarding, remain, render, represents, request, require,
  requirement, retain, selection, similar to, submit, the use of, there are, there is, therefore, time period,
  timely, type, validate, very, vice, warrant, whether or not
`
  .trim()
  .split(/,\s+/);

/** What a phrase does to its reader, and what could be said instead. */
export interface ToneRule {
  why: string;
  instead?: readonly string[];
}

const blames = 'blames the reader. Say what helps now.';
const belittles = 'sounds as if the reader should have known. It can go.';
const nags = 'tells the reader off for asking again. Say it once more.';

/** Phrases that requesters take badly. */
export const tonePhrases: Readonly<Record<string, ToneRule>> = {
  'you should have': { why: blames },
  'you shouldn’t have': { why: blames },
  'you failed to': { why: blames },
  'you forgot to': { why: blames },
  'you neglected to': { why: blames },
  'you did not bother': { why: blames },
  'you are wrong': { why: blames },
  'you claim': { why: 'doubts the reader’s word.', instead: ['you say'] },
  'your fault': { why: blames },
  'your mistake': { why: blames },
  'not my problem': { why: 'sends the reader away. Say who can help.' },
  'not our problem': { why: 'sends the reader away. Say who can help.' },
  'not my job': { why: 'sends the reader away. Say who can help.' },
  'you have to': { why: 'orders the reader about.', instead: ['please'] },
  'you must': { why: 'orders the reader about.', instead: ['please'] },
  obviously: { why: belittles, instead: [''] },
  'as everyone knows': { why: belittles, instead: [''] },
  'as i already said': { why: nags, instead: [''] },
  'as i said': { why: nags, instead: [''] },
  'as already mentioned': { why: nags, instead: [''] },
  'as previously stated': { why: nags, instead: [''] },
  'as per my last': { why: nags },
  'like i said': { why: nags, instead: [''] },
  'once again': { why: nags, instead: ['again'] },
  'calm down': { why: 'never calmed anybody. Say that you see why it matters.' },
  'with all due respect': { why: 'announces the opposite.', instead: [''] },
  'we apologize for any inconvenience': { why: 'reads like a form. Say what you are sorry for.' },
  'we apologise for any inconvenience': { why: 'reads like a form. Say what you are sorry for.' },
};
