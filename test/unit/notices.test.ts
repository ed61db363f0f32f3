import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { bundledPackages, noticesOf } from '../harness/notices.ts';

const metafile = (inputs: Record<string, number>): Metafile => ({
  inputs: {},
  outputs: {
    'dist/one.cjs': {
      bytes: 0,
      imports: [],
      exports: [],
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([file, bytesInOutput]) => [file, { bytesInOutput }]),
      ),
    },
  },
});

describe('notices of bundled packages', () => {
  it('are about each package that is really in a bundle, once', () => {
    const one = metafile({
      'src/extension.ts': 10,
      'node_modules/axios/lib/axios.js': 10,
      'node_modules/axios/lib/utils.js': 10,
      'node_modules/axios/node_modules/agent-base/dist/index.js': 10,
      'node_modules/@lit/reactive-element/index.js': 10,
      'node_modules/unused/index.js': 0,
    });
    assert.deepEqual(bundledPackages([one, metafile({ 'node_modules/axios/index.js': 1 })]), [
      'node_modules/axios',
      'node_modules/axios/node_modules/agent-base',
      'node_modules/@lit/reactive-element',
    ]);
  });

  it('have name, version, source, copyright and terms', () => {
    const text = noticesOf(['node_modules/ical.js', 'node_modules/axios']);
    assert.match(text, /^axios \d+\.\d+\.\d+ \(MIT\)\nhttps:\/\/github\.com\/axios\/axios$/m);
    assert.match(text, /Copyright.*Matt Zabriskie/);
    assert.match(text, /Mozilla Public License/);
    assert.ok(text.indexOf('\naxios ') < text.indexOf('\nical.js '), 'in order');
  });

  it('are found in a readme, too', () => {
    const text = noticesOf([
      packageWith('# quiet\n\n## License\n\n[MIT][1] © Ada\n\n[1]: https://example.org\n'),
    ]);
    assert.match(text, /^quiet 1\.0\.0 \(MIT\)\n\n\[MIT\]\[1\] © Ada\n$/m);
  });

  it('stop the build where a package says nothing', () => {
    assert.throws(
      () => noticesOf([packageWith('# quiet\n\nSays nothing.\n')]),
      /does not say what its licence is/,
    );
  });
});

function packageWith(readme: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'notices-'));
  writeFileSync(path.join(folder, 'package.json'), '{"name":"quiet","version":"1.0.0","license":"MIT"}');
  writeFileSync(path.join(folder, 'readme.md'), readme);
  return folder;
}
