import tseslint from 'typescript-eslint';

/** Which folders of src/ a folder may import: the arrows of the house. Everything else is an error. */
const arrows = {
  desk: [],
  backends: ['desk'],
  store: ['desk'],
  sync: ['backends', 'store', 'desk'],
  runbooks: ['desk'],
  replies: ['desk'],
  server: ['store', 'runbooks', 'replies', 'desk'],
  webviews: ['desk'],
  editor: ['sync', 'backends', 'store', 'runbooks', 'replies', 'desk', 'webviews'],
};
const folders = Object.keys(arrows);
const node = {
  regex: '^(node:|(fs|path|os|http|https|net|crypto|child_process|worker_threads|stream|util)(/|$))',
};
const vscode = { regex: '^vscode$' };

function boundary(folder) {
  const forbidden = folders.filter((other) => other !== folder && !arrows[folder].includes(other));
  const pure = ['desk', 'runbooks', 'replies', 'webviews'].includes(folder);
  return {
    files: [`src/${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...forbidden.map((other) => ({
              regex: `^(\\.\\./)+${other}/`,
              message: `${folder}/ must not know ${other}/ (see the arrows in eslint.config.mjs).`,
            })),
            { regex: '^(\\.\\./)+extension\\.ts$', message: 'Nothing imports the composition root.' },
            ...(folder === 'editor'
              ? []
              : [{ ...vscode, message: 'Only editor/ and extension.ts touch vscode.' }]),
            ...(pure ? [{ ...node, message: `${folder}/ runs anywhere: no Node module.` }] : []),
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['dist', 'out', 'node_modules', 'media'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  ...folders.map(boundary),
  {
    files: ['src/**/*.ts'],
    ignores: ['src/backends/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "BinaryExpression[operator=/^[!=]==?$/] > MemberExpression[property.name='backend']",
          message: 'Ask for a capability, never for the kind of backend.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'mocha', name: ['it', 'describe'] }] },
      ],
    },
  },
);
