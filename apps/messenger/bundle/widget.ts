/**
 * The widget: a loader under a name that stays, and the module that it loads.
 *
 * - The loader is a classic script, for one plain `<script src>`. It finds `__INLAY_WIDGET__`, the module's path
 *   relative to itself, as `widget/widget-1a2b3c4d.js`.
 * - The kit is written for React; here its imports of React become Preact's, which is a tenth of the size.
 * - `import css from '….css' with { type: 'text' }` gives the whole style sheet as one minified text, its `@import`s
 *   included. Bun's loader for text would give the file as it is written, and a build inside another build's plugin
 *   never ends, so the sheets that may be imported are bundled beforehand: the kit's, and the widget's own.
 */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bundle, type BundledFile, build, buildText, hashed, script } from './build.ts';

const packages = (path: string): string =>
  fileURLToPath(new URL(`../../../packages/${path}`, import.meta.url));

const FOLDER = packages('widget/src');
const KIT_STYLES = packages('react/src/styles/index.css');

const PREACT: Readonly<Record<string, string>> = {
  react: 'preact/compat',
  'react-dom': 'preact/compat',
  'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
};

const preact: Bun.BunPlugin = {
  name: 'react is preact',
  setup(on) {
    on.onResolve({ filter: /^react(-dom)?(\/|$)/ }, ({ path }) => {
      const instead = PREACT[path];
      if (instead === undefined) throw new Error(`Preact has nothing in place of ${path}`);
      return { path: Bun.resolveSync(instead, FOLDER) };
    });
  },
};

async function styles(): Promise<Bun.BunPlugin> {
  const own = [...new Bun.Glob('**/*.css').scanSync({ cwd: FOLDER, absolute: true })];
  const texts = new Map<string, string>();
  for (const path of [KIT_STYLES, ...own]) texts.set(path, await buildText({ entrypoints: [path] }));
  return {
    name: 'style sheets are text',
    setup(on) {
      on.onLoad({ filter: /\.css$/ }, ({ path }) => {
        const contents = texts.get(path);
        if (contents === undefined) throw new Error(`${path} is no style sheet of the kit or the widget`);
        return { contents, loader: 'text' };
      });
    },
  };
}

/** The module and its chunks, before it is decided where they are served. */
export async function buildWidget(): Promise<Bundle> {
  return await build({
    entrypoints: [`${FOLDER}/widget.ts`],
    plugins: [preact, await styles()],
    naming: { entry: '[name]-[hash].[ext]' },
  });
}

/** Bundles the widget. */
export async function bundleWidget(): Promise<BundledFile[]> {
  const { outputs, entry } = await buildWidget();
  const loader = await buildText({
    entrypoints: [`${FOLDER}/loader.ts`],
    format: 'iife',
    define: { __INLAY_WIDGET__: JSON.stringify(`widget/${basename(entry.path)}`) },
  });
  const files = await Promise.all(outputs.map((output) => hashed(output, '/widget/')));
  return [script('/widget.js', loader), ...files];
}
