// Each package keeps its own budgets in packages/<name>/.size-limit.json, with paths from there.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

// The widget is bundled by Bun with plugins of its own, so that its real files are measured.
execFileSync('bun', ['apps/messenger/widget-files.ts'], { stdio: ['ignore', 'ignore', 'inherit'] });

/** What is imported on use is not part of what is loaded at first, and React is there already. */
const LATER = {
  name: 'later',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};

/** `first` in a budget: counts what is loaded at first alone. */
const measured = (name, { first, path, ...budget }) => ({
  ...budget,
  path: [path].flat().map((one) => `packages/${name}/${one}`),
  ...(first && {
    modifyEsbuildConfig: (config) => ({
      ...config,
      format: 'esm',
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [LATER],
    }),
  }),
});

export default readdirSync('packages').flatMap((name) => {
  const file = `packages/${name}/.size-limit.json`;
  if (!existsSync(file)) return [];
  return JSON.parse(readFileSync(file, 'utf8')).map((budget) => measured(name, budget));
});
