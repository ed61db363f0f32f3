import { readFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

/** For esbuild: a page that imports the font of the icons gets the bytes of one that has only the icons in use. */
export const iconFont = {
  name: 'icon-font',
  setup(build) {
    build.onLoad({ filter: /codicon\.ttf$/ }, async ({ path }) => {
      const glyphs = JSON.parse(await readFile(new URL('glyphs.json', import.meta.url), 'utf8'));
      const font = await subsetFont(await readFile(path), Object.values(glyphs).join(''), {
        targetFormat: 'truetype',
      });
      return { contents: font, loader: 'binary' };
    });
  },
};
