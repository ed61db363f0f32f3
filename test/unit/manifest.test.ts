import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { panelActions } from '../../src/webviews/messages.ts';

const root = path.resolve(import.meta.dirname, '../..');
const manifestText = readFileSync(path.join(root, 'package.json'), 'utf8');
const nls = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
const { contributes } = JSON.parse(manifestText) as {
  contributes: {
    commands: { command: string }[];
    views: Record<string, { id: string }[]>;
    submenus: { id: string }[];
    menus: Record<string, { submenu?: string }[]>;
    configuration: { properties: Record<string, { scope?: string }> };
  };
};

interface Call {
  file: string;
  /** `vscode.commands.registerCommand` */
  callee: string;
  name: string;
  args: readonly ts.Expression[];
  line: number;
}

const calls: Call[] = [];
/** Commands that rows and buttons run: `command: 'deskside.…'`. */
const named: string[] = [];
/** In each file, what a constant was made of: `getConfiguration('deskside.tickets')`. */
const madeOf = new Map<string, string>();

for (const file of globSync('src/**/*.ts', { cwd: root })) {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText(source);
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : callee;
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      calls.push({ file, callee, name, args: node.arguments, line });
    } else if (ts.isPropertyAssignment(node) && node.name.getText(source) === 'command') {
      for (const text of literalsIn(node.initializer)) named.push(text);
    } else if (ts.isVariableDeclaration(node) && node.initializer) {
      madeOf.set(`${file}:${node.name.getText(source)}`, node.initializer.getText(source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

function literalsIn(node: ts.Node): string[] {
  const found: string[] = [];
  const visit = (one: ts.Node): void => {
    if (ts.isStringLiteralLike(one)) found.push(one.text);
    else ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

function first(call: Call): string {
  const argument = call.args[0];
  return argument && ts.isStringLiteralLike(argument) ? argument.text : '';
}

function firstOf(...names: string[]): string[] {
  return calls.filter(({ name }) => names.includes(name)).map(first);
}

function sorted(values: Iterable<string>): string[] {
  return [...new Set(values)].sort();
}

/** `deskside.sync.interval`, of `getConfiguration('deskside').get('sync.interval')`, also through a constant. */
function settingOf({ file, callee, args }: Call): string | undefined {
  const receiver = callee.replace(/\??\.\w+$/, '');
  const key = args[0];
  const made = receiver.includes('getConfiguration(') ? receiver : (madeOf.get(`${file}:${receiver}`) ?? '');
  const section = /getConfiguration\(\s*'([^']*)'/.exec(made)?.[1];
  return section !== undefined && key && ts.isStringLiteralLike(key) ? `${section}.${key.text}` : undefined;
}

describe('the manifest', () => {
  const declared = sorted(contributes.commands.map(({ command }) => command));
  const registered = sorted(firstOf('registerCommand', 'command').filter((id) => id.startsWith('deskside.')));

  it('declares every command there is, and no other', () => {
    // An underscore begins what only our own rows run.
    const published = registered.filter((id) => !id.startsWith('deskside._'));
    assert.deepEqual(published, declared);
  });

  it('registers them where they exist before what they do is loaded', () => {
    const early = calls.filter(({ callee, file }) => {
      return callee === 'vscode.commands.registerCommand' && !file.endsWith('commandTable.ts');
    });
    assert.deepEqual(
      early.map(first).filter((id) => declared.includes(id)),
      [],
    );
  });

  it('has a command behind every button, row and link', () => {
    const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => `${id}.focus`));
    const there = new Set([...registered, ...views]);
    const links = [...JSON.stringify(nls).matchAll(/command:(deskside\.[\w.]+)/g)].map(([, id = '']) => id);
    const menus = [...manifestText.matchAll(/"command": "([^"]+)"/g)].map(([, id = '']) => id);
    const panel = panelActions.filter((action) => action !== 'refresh' && action !== 'showOutbox');
    const run = [
      ...named,
      ...firstOf('executeCommand'),
      ...links,
      ...menus,
      ...panel.map((one) => `deskside.${one}`),
    ];
    const missing = sorted(run.filter((id) => id.startsWith('deskside.') && !there.has(id)));
    assert.deepEqual(missing, []);
  });

  it('declares every view there is, and no other', () => {
    const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
    assert.deepEqual(sorted(firstOf('createTreeView', 'registerWebviewViewProvider')), sorted(views));
  });

  it('has a place for every submenu, and something in it', () => {
    const submenus = sorted(contributes.submenus.map(({ id }) => id));
    const placed = Object.values(contributes.menus).flatMap((menu) =>
      menu.map(({ submenu = '' }) => submenu),
    );
    assert.deepEqual(sorted(placed.filter((id) => id !== '')), submenus);
    assert.deepEqual(
      sorted(Object.keys(contributes.menus).filter((id) => id.startsWith('deskside.'))),
      submenus,
    );
  });

  it('declares every setting that is read, and no other', () => {
    const settings = Object.keys(contributes.configuration.properties);
    const used = calls
      .filter(({ name }) => ['get', 'inspect', 'update'].includes(name))
      .map(settingOf)
      .filter((name) => name?.startsWith('deskside'));
    assert.deepEqual(sorted(used.filter((name) => name !== undefined)), sorted(settings));
    const watched = firstOf('affectsConfiguration').filter((name) => name.startsWith('deskside'));
    assert.deepEqual(
      watched.filter((name) => !settings.some((one) => one === name || one.startsWith(`${name}.`))),
      [],
    );
  });

  it('says of every setting who may set it', () => {
    const settings = Object.entries(contributes.configuration.properties);
    assert.deepEqual(
      settings.filter(([, { scope }]) => scope === undefined).map(([name]) => name),
      [],
    );
  });

  it('names only files that come with it', () => {
    const files = [...manifestText.matchAll(/"((?:\.\/)?(?:media|l10n)(?:\/[^"]*)?)"(?!:)/g)].map(
      ([, file = '']) => file,
    );
    assert.ok(files.length > 5, 'and they were found at all');
    assert.deepEqual(
      files.filter((file) => !existsSync(path.join(root, file))),
      [],
    );
    const packaged = readFileSync(path.join(root, '.vscodeignore'), 'utf8')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    assert.deepEqual(
      files.filter((file) => !packaged.some((pattern) => path.matchesGlob(path.normalize(file), pattern))),
      [],
    );
  });

  it('asks only for contexts that are set', () => {
    const set = new Set(
      calls
        .filter((call) => call.name === 'executeCommand' && first(call) === 'setContext')
        .flatMap(({ args }) => (args[1] ? literalsIn(args[1]) : [])),
    );
    const conditions = [...manifestText.matchAll(/"when": "([^"]*)"/g)]
      .map(([, when = '']) => when)
      .join(' ');
    const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
    const panels = [...manifestText.matchAll(/"onWebviewPanel:([\w.]+)"/g)].map(([, panel = '']) => panel);
    const asked = sorted(conditions.match(/\bdeskside\.[\w.]+/g) ?? []).filter(
      (key) => ![...views, ...panels].includes(key),
    );
    assert.deepEqual(
      asked.filter((key) => !set.has(key)),
      [],
    );
  });

  it('has a text for every key, and no key without use', () => {
    const used = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key);
    assert.deepEqual(sorted(used), sorted(Object.keys(nls)));
  });
});

describe('texts for people', () => {
  const said = calls.filter(
    ({ callee, file }) => file.startsWith('src/') && /(^|\.)(l10n\.)?t$/.test(callee),
  );

  it('can be found by those who translate: literals, with a place for each value', () => {
    const wrong = said.filter((call) => {
      const [text, ...values] = call.args;
      if (!text || !ts.isStringLiteralLike(text)) return true;
      const places = sorted([...text.text.matchAll(/\{(\w+)\}/g)].map(([, place = '']) => place));
      return places.join() !== sorted(values.map((_, index) => String(index))).join();
    });
    assert.deepEqual(
      wrong.map(({ file, line }) => `${file}:${line}`),
      [],
    );
    assert.ok(said.length > 100, 'and they were found at all');
  });
});
