import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { Exchange } from '../fakes/http/server.ts';
import { jsonOf } from '../fakes/http/server.ts';

interface Operation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { content?: Record<string, { schema?: object }> } | { $ref: string }>;
}
interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  explode?: boolean;
  schema: object;
}
interface Document {
  paths: Record<string, Record<string, Operation> & { parameters?: Parameter[] }>;
}

/** Where contracts that vendors publish lie, if they are there: beside the project, not in it. */
export function publishedContract(file: string): PublishedContract | undefined {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'shared', 'contracts', file);
    if (existsSync(found)) return new PublishedContract(parse(readFileSync(found, 'utf8')) as Document);
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** A violation that is not ours to mend, and why. */
export interface Explained {
  violation: RegExp;
  why: string;
}

/** The violations that nothing explains, each once, with numbers left out. */
export function unexplained(violations: readonly string[], explained: readonly Explained[] = []): string[] {
  return [...new Set(violations.map((one) => one.replace(/\/\d+(?=[/.\s?]|$)/g, '/N')))].filter(
    (one) => !explained.some(({ violation }) => violation.test(one)),
  );
}

/** A vendor's OpenAPI 3.0 document, against which requests and answers are held. */
export class PublishedContract {
  readonly #document: Document;
  readonly #ajv: Ajv;
  readonly #paths: [template: string, methods: Document['paths'][string]][];
  readonly #compiled = new Map<string, ValidateFunction>();
  /** Method and path of requests that the document does not know. */
  readonly unknown = new Set<string>();

  constructor(document: Document) {
    this.#document = withNull(document) as Document;
    const gaps = (template: string) => template.split('{').length;
    this.#paths = Object.entries(this.#document.paths).sort(([a], [b]) => gaps(a) - gaps(b));
    this.#ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true, coerceTypes: false });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: 'contract', ...this.#document });
  }

  /** What of an exchange the contract does not allow, one sentence each. `prefix` is what comes before its paths. */
  violations({ request, answer }: Exchange, prefix: string): string[] {
    const asked = `${request.method} ${request.path.slice(prefix.length)}`;
    const found = this.#operation(request.method, request.path.slice(prefix.length));
    if (found === undefined) {
      this.unknown.add(asked.replace(/\/\d+(?=\/|$)/g, '/N'));
      return [];
    }
    const { operation, at, parameters } = found;
    const problems: string[] = [];
    for (const name of new Set(request.query.keys())) {
      const index = parameters.findIndex((one) => one.in === 'query' && one.name === name);
      const parameter = parameters[index];
      if (parameter === undefined) problems.push(`${asked}: there is no query parameter "${name}"`);
      else
        problems.push(
          ...this.#check(
            `${asked}?${name}`,
            parameter.schema,
            queryValue(parameter, request.query.getAll(name)),
          ),
        );
    }
    for (const parameter of parameters) {
      if (parameter.in === 'query' && parameter.required && !request.query.has(parameter.name)) {
        problems.push(`${asked}: the query parameter "${parameter.name}" is missing`);
      }
    }
    const body = operation.requestBody?.content['application/json'];
    if (body && (request.body.length > 0 || operation.requestBody?.required)) {
      problems.push(
        ...this.#checkAt(
          `${asked} sends`,
          [...at, 'requestBody', 'content', 'application/json', 'schema'],
          jsonOf(request),
        ),
      );
    }
    // Of any GET: what has not changed need not be sent again. Contracts name it for some only.
    if (answer.status === 304 && request.headers['if-none-match'] !== undefined) return problems;
    const status = [String(answer.status), 'default'].find((one) => one in operation.responses);
    if (status === undefined) return [...problems, `${asked}: an answer ${answer.status} is not foreseen`];
    const response = operation.responses[status]!;
    const pointer = '$ref' in response ? response.$ref.slice(2).split('/') : [...at, 'responses', status];
    const content = (this.#value(pointer) as { content?: Record<string, unknown> }).content ?? {};
    const type = Object.keys(content).find((one) => /json/.test(one));
    if (type !== undefined && answer.body !== undefined) {
      problems.push(...this.#checkAt(`${asked} gives`, [...pointer, 'content', type, 'schema'], answer.body));
    }
    return problems;
  }

  /** Of several paths that fit, the one with the fewest gaps. */
  #operation(method: string, requested: string) {
    for (const [template, methods] of this.#paths) {
      const operation = methods[method.toLowerCase()];
      if (operation === undefined || !fits(template, requested)) continue;
      const parameters = [...(methods.parameters ?? []), ...(operation.parameters ?? [])].map((one) =>
        one.$ref === undefined ? one : (this.#value(one.$ref.slice(2).split('/')) as Parameter),
      );
      return { operation, parameters, at: ['paths', template, method.toLowerCase()] };
    }
    return undefined;
  }

  #value(pointer: readonly string[]): unknown {
    return pointer.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], this.#document);
  }

  #checkAt(what: string, pointer: readonly string[], value: unknown): string[] {
    const name = pointer
      .map((one) => encodeURIComponent(one.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    return this.#check(what, { $ref: `contract#/${name}` }, value);
  }

  #check(what: string, schema: object, value: unknown): string[] {
    const name = JSON.stringify(schema);
    let validate = this.#compiled.get(name);
    if (validate === undefined) {
      validate = this.#ajv.compile(JSON.parse(name.replaceAll('"$ref":"#/', '"$ref":"contract#/')) as object);
      this.#compiled.set(name, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${what} ${instancePath || 'a body'} that ${message ?? 'is wrong'}`,
    );
  }
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says that null is a type of its own. */
function withNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNull);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = value as Record<string, unknown>;
  const inner = Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, withNull(one)]));
  return nullable === true
    ? { anyOf: [inner, { type: 'null' }] }
    : { ...inner, ...(nullable !== undefined && nullable !== false && { nullable: withNull(nullable) }) };
}

function fits(template: string, requested: string): boolean {
  const pattern = template
    .split(/\{[^}]+\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]+');
  return new RegExp(`^${pattern}$`).test(requested);
}

function queryValue(
  { schema, explode }: Pick<Parameter, 'schema' | 'explode'>,
  texts: readonly string[],
): unknown {
  const { type, items } = schema as { type?: string; items?: object };
  if (type === 'array') {
    const all = explode === false ? texts.flatMap((text) => text.split(',')) : texts;
    return all.map((text) => queryValue({ schema: items ?? {} }, [text]));
  }
  const [text = ''] = texts;
  return type === 'integer' || type === 'number' ? Number(text) : type === 'boolean' ? text === 'true' : text;
}
