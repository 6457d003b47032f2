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
import { type Key, LANGUAGES } from '@inlay-im/react';
import { type Bundle, type BundledFile, build, buildText, hashed, script } from './build.ts';

const packages = (path: string): string =>
  fileURLToPath(new URL(`../../../packages/${path}`, import.meta.url));

const FOLDER = packages('widget/src');

const LOADER_KEYS = [
  'app.loading',
  'list.unread',
  'widget.label',
  'widget.open',
  'widget.close',
  'widget.failed',
  'widget.retry',
  'widget.nobody',
  'widget.nobodyHint',
] as const satisfies Key[];

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
  for (const path of own) texts.set(path, await buildText({ entrypoints: [path] }));
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

/** Of each language those texts that the loader shows before the kit is there. */
async function loaderTexts(): Promise<Record<string, Record<string, unknown>>> {
  const texts: Record<string, Record<string, unknown>> = {};
  for (const [locale, { load }] of Object.entries(LANGUAGES)) {
    const catalogue = await load();
    texts[locale] = Object.fromEntries(LOADER_KEYS.map((key) => [key, catalogue[key]]));
  }
  return texts;
}

interface WidgetBuild {
  /** The loader's text. */
  readonly loader: string;
  /** The module and its chunks, before it is decided where they are served. */
  readonly module: Bundle;
}

/** Builds the widget, before it is decided where it is served. */
export async function buildWidget(): Promise<WidgetBuild> {
  const sheets = await styles();
  const module = await build({
    entrypoints: [`${FOLDER}/widget.ts`],
    plugins: [preact, sheets],
    naming: { entry: '[name]-[hash].[ext]' },
  });
  const loader = await buildText({
    entrypoints: [`${FOLDER}/loader.ts`],
    format: 'iife',
    plugins: [sheets],
    define: {
      __INLAY_WIDGET__: JSON.stringify(`widget/${basename(module.entry.path)}`),
      __INLAY_TEXTS__: JSON.stringify(await loaderTexts()),
    },
  });
  return { loader, module };
}

/** Bundles the widget. */
export async function bundleWidget(): Promise<BundledFile[]> {
  const { loader, module } = await buildWidget();
  const files = await Promise.all(module.outputs.map((output) => hashed(output, '/widget/')));
  return [script('/widget.js', loader), ...files];
}
