import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import reactHooks from 'eslint-plugin-react-hooks';

/**
 * Who may import whom. A folder may always import itself; every other folder of the project is closed to it unless
 * named in `may`. `packages` lists the npm packages (and their sub-paths) that only the named folders may use.
 */
const FOLDERS = [
  'app', 'components', 'engine', 'sandbox', 'bin', 'bench', 'e2e',
  'lib/mesh', 'lib/providers', 'lib/shifts', 'lib/api', 'lib/kubernetes', 'lib/aws', 'lib/telemetry', 'lib/server',
  'lib/client', 'lib/layout', 'lib/i18n',
]; // prettier-ignore

const MAY = {
  'lib/mesh': [],
  'lib/shifts': ['lib/mesh'],
  'lib/providers': ['lib/mesh', 'lib/shifts'],
  'lib/api': ['lib/mesh', 'lib/shifts'],
  'lib/kubernetes': [],
  'lib/aws': [],
  'lib/telemetry': ['lib/mesh', 'lib/aws'],
  'lib/server': ['lib/mesh', 'lib/shifts', 'lib/providers', 'lib/api', 'lib/kubernetes', 'lib/aws', 'lib/telemetry', 'lib/i18n'],
  'lib/client': ['lib/mesh', 'lib/shifts', 'lib/api', 'lib/i18n'],
  'lib/layout': ['lib/mesh', 'lib/api', 'lib/i18n'],
  'lib/i18n': ['lib/mesh'],
  components: ['lib/mesh', 'lib/shifts', 'lib/api', 'lib/client', 'lib/layout', 'lib/i18n'],
  app: ['lib/server', 'components'],
  engine: ['lib/mesh', 'lib/shifts', 'lib/providers', 'lib/api', 'lib/kubernetes', 'lib/aws', 'lib/telemetry', 'lib/server'],
  sandbox: [],
  bin: [],
  bench: FOLDERS,
  e2e: [],
}; // prettier-ignore

const PACKAGES = {
  '@kubernetes/client-node': ['lib/kubernetes'],
  '@aws-sdk/*': ['lib/aws', 'bench', 'sandbox'],
  react: ['components', 'app', 'lib/client', 'lib/i18n'],
  '@xyflow/react': ['components'],
  '@cloudscape-design/*': ['components', 'app'],
  next: ['app', 'components'],
  zod: [
    'lib/providers',
    'lib/api',
    'lib/kubernetes',
    'lib/aws',
    'lib/telemetry',
    'lib/server',
    'lib/client',
    'engine',
  ],
};

const layers = FOLDERS.filter((f) => f !== 'bench').map((folder) => ({
  files: [`${folder}/**/*.{ts,tsx,mjs}`],
  rules: {
    'import-x/no-restricted-paths': [
      'error',
      {
        zones: FOLDERS.filter((other) => other !== folder && !MAY[folder].includes(other)).map((other) => ({
          target: `./${folder}`,
          from: `./${other}`,
          message: `${folder} may not import ${other} (docs: who may import whom).`,
        })),
      },
    ],
    'no-restricted-imports': [
      'error',
      {
        patterns: Object.entries(PACKAGES)
          .filter(([, users]) => !users.includes(folder))
          .map(([name]) => ({
            group: name.endsWith('/*') ? [name] : [name, `${name}/*`],
            message: `${folder} may not use ${name}.`,
          })),
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      '.next/**',
      '.meshdeck/**',
      'node_modules/**',
      'next-env.d.ts',
      'test-results/**',
      'coverage/**',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver({ project: 'tsconfig.json' })] },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'import-x/no-default-export': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['app/**/*.{ts,tsx}', '**/*.config.{ts,mjs}', '*.mjs'],
    rules: { 'import-x/no-default-export': 'off' },
  },
  { files: ['bin/**', 'sandbox/main.ts', 'bench/**', 'scripts/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.mjs'], languageOptions: { globals: { process: 'readonly', console: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', URL: 'readonly', fetch: 'readonly', AbortSignal: 'readonly' } } }, // prettier-ignore
  ...layers,
);
