import * as v from 'valibot';
import { isMap, isNode, isScalar, isSeq, parseDocument, type Document, type Node, type Pair } from 'yaml';
import { ticketKinds } from '../ticket.ts';
import { ruleActions, type Policy } from './policy.ts';

/** What is wrong with a policy, and where: offsets into its text. */
export interface PolicyProblem {
  message: string;
  start: number;
  end: number;
  /** The JSON schema can't say this: an editor that checks by the schema does not show it. */
  beyondSchema: boolean;
}

export interface ReadPolicy {
  /** Nothing where anything is wrong: half a policy is nobody's agreement. */
  policy?: Policy;
  problems: PolicyProblem[];
}

const unit = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const longestText = 200;
const mostRules = 100;

const text = v.pipe(
  v.string('This has to be text.'),
  v.trim(),
  v.nonEmpty('There has to be something here.'),
  v.maxLength(longestText, `At most ${longestText} characters.`),
);
const texts = listOf(text);
const ranks = listOf(
  v.pipe(
    v.picklist(['P1', 'P2', 'P3', 'P4'], 'A priority is P1, P2, P3 or P4.'),
    v.transform((name) => ({ P1: 1 as const, P2: 2 as const, P3: 3 as const, P4: 4 as const })[name]),
  ),
);
const kinds = listOf(v.picklist(ticketKinds, `A kind is ${ticketKinds.join(', ')}.`));
const count = v.pipe(
  v.number('This has to be a number.'),
  v.integer('This has to be a whole number.'),
  v.minValue(1, 'At least 1.'),
  v.maxValue(1000, 'At most 1000.'),
);
const duration = v.pipe(
  v.string('A time is a number and m, h or d: 30m, 8h, 2d.'),
  v.regex(/^\d{1,4}[mhd]$/, 'A time is a number and m, h or d: 30m, 8h, 2d.'),
  v.transform((said) => Number(said.slice(0, -1)) * unit[said.at(-1) as keyof typeof unit]),
);

const when = v.pipe(
  v.strictObject(
    {
      priority: v.optional(ranks),
      team: v.optional(texts),
      kind: v.optional(kinds),
      tag: v.optional(texts),
      breach: v.optional(duration),
      unresolved: v.optional(duration),
      replies: v.optional(count),
      reassignments: v.optional(count),
      reopenings: v.optional(count),
      words: v.optional(texts),
    },
    ({ expected }) =>
      expected === 'never' ? 'There is no such condition.' : 'Conditions are lines of "name: value".',
  ),
  v.check((conditions) => Object.keys(conditions).length > 0, 'A rule needs a condition.'),
);

const rule = v.pipe(
  v.strictObject(
    {
      name: text,
      when,
      then: v.picklist(ruleActions, `"then" is ${ruleActions.join(', ')}.`),
      to: v.optional(text),
      reason: v.optional(text),
    },
    ({ expected }) => objectProblem(expected, 'A rule has "name", "when" and "then".'),
  ),
  v.check(
    ({ then, to }) => to !== undefined || (then !== 'draft' && then !== 'send'),
    'Say with "to" which team it goes to: there is no hand-off without one.',
  ),
);

const policy: v.GenericSchema<unknown, Policy> = v.strictObject(
  {
    rules: v.pipe(v.array(rule, '"rules" is a list.'), v.maxLength(mostRules, `At most ${mostRules} rules.`)),
  },
  ({ expected }) => objectProblem(expected, 'A policy begins with "rules:".'),
);

function objectProblem(expected: string | null, otherwise: string): string {
  if (expected === 'never') return 'There is no such field.';
  return expected?.startsWith('"') === true ? `${expected} is missing.` : otherwise;
}

/** One value, or a list of them. */
function listOf<S extends v.GenericSchema>(item: S) {
  const list = v.pipe(v.array(item), v.nonEmpty('There has to be something here.'));
  return v.pipe(
    v.unknown(),
    v.transform((given) => (Array.isArray(given) ? (given as unknown[]) : [given])),
    list,
  );
}

/** Reads a policy. What is wrong with it is told with its exact place; never throws. */
export function readPolicy(source: string): ReadPolicy {
  const { document, value } = parsed(source);
  if (document === undefined) return { problems: [at([0, source.length], 'This can not be read.', false)] };
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map(({ message, pos: [start, end] }) =>
        at([Math.min(start, source.length), Math.min(end, source.length)], sentence(message), false),
      ),
    };
  }
  if (!isMap(document.contents)) {
    return { problems: [at(rangeOf(document, [], source), 'A policy begins with "rules:".', false)] };
  }
  const checked = v.safeParse(policy, value);
  if (!checked.success) {
    return { problems: checked.issues.map((issue) => problemOf(issue, document, source)) };
  }
  const problems = twins(checked.output).map((index) =>
    at(rangeOf(document, ['rules', index, 'name'], source), 'Another rule has this name.', true),
  );
  return problems.length > 0 ? { problems } : { policy: checked.output, problems };
}

/** The rules that have the name of one before them. */
function twins({ rules }: Policy): number[] {
  const names = rules.map(({ name }) => name.toLowerCase());
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));
}

/** The library throws at what is nested some thousand levels deep, and at an alias that stands for nothing. */
function parsed(source: string): { document?: Document; value?: unknown } {
  try {
    const document = parseDocument(source, { schema: 'core' });
    return { document, value: document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 50 }) };
  } catch {
    return {};
  }
}

function problemOf(issue: v.BaseIssue<unknown>, document: Document, source: string): PolicyProblem {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
  return at(
    isUnknown ? keyRange(document, path, source) : rangeOf(document, path, source),
    issue.message,
    false,
  );
}

type Path = readonly (string | number)[];

/** Of the value at the end of a path; where it is missing, or one stands for a list, of what is nearest above it. */
function rangeOf(document: Document, path: Path, source: string): [number, number] {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      const shown = !isScalar(node) ? nameOf(document, path.slice(0, length)) : node;
      return trimmed(shown.range ?? node.range, source);
    }
  }
  return trimmed([0, Math.max(source.search(/\r?\n|$/), 0)], source);
}

/** What a collection is called, rather than the whole of it: its key, or the first field of a rule. */
function nameOf(document: Document, path: Path): Node {
  const parent = document.getIn(path.slice(0, -1), true);
  const key = isMap(parent) ? keyOf(parent.items, path.at(-1)) : undefined;
  const node = document.getIn(path, true) as Node;
  const first = isMap(node) ? node.items[0]?.key : isSeq(node) ? node.items[0] : node;
  return key ?? (isNode(first) ? first : node);
}

function keyRange(document: Document, path: Path, source: string): [number, number] {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const key = isMap(parent) ? keyOf(parent.items, path.at(-1)) : undefined;
  return key?.range ? trimmed(key.range, source) : rangeOf(document, path, source);
}

function keyOf(items: readonly Pair[], name: unknown): Node | undefined {
  const key = items.find((item) => isScalar(item.key) && item.key.value === name)?.key;
  return isNode(key) ? key : undefined;
}

function at(
  [start, end]: readonly [number, number, ...number[]],
  message: string,
  beyondSchema: boolean,
): PolicyProblem {
  return { message, start, end: Math.max(end, start), beyondSchema };
}

function trimmed([start, end]: readonly [number, number, ...number[]], source: string): [number, number] {
  return [start, start + source.slice(start, end).trimEnd().length];
}

function sentence(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return `${first.replace(/ at line \d+, column \d+:?$/, '')}.`.replace(/\.\.$/, '.');
}
