/**
 * The widget: a loader under a name that stays, and the module that it loads.
 *
 * - The loader is a classic script, for one plain `<script src>`. It finds `__INLAY_WIDGET__`, the module's path
 *   relative to itself, as `widget/widget-1a2b3c4d.js`.
 * - The kit is written for React; here its imports of React become Preact's, which is a tenth of the size.
 * - `import css from '….css' with { type: 'text' }` gives the whole style sheet as one minified text, its `@import`s
 *   included. Bun's loader for text would give the file as it is written, and a build inside another build's plugin
 *   never ends, so the widget's own sheets, which import the kit's, are bundled beforehand. That is done for Bun, as
 *   for browsers it writes `light-dark()` and logical properties out for those of long ago, which doubles the text.
 */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bundle, type BundledFile, build, buildText, hashed, script } from './build.ts';
import { loaderTexts, sortedTexts } from './texts.ts';

const packages = (path: string): string =>
  fileURLToPath(new URL(`../../../packages/${path}`, import.meta.url));

const FOLDER = packages('widget/src');

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
  for (const path of own) texts.set(path, await buildText({ entrypoints: [path], target: 'bun' }));
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

/** Catalogues of some of the texts. */
function catalogues(texts: Readonly<Record<string, object>>): Bun.BunPlugin {
  return {
    name: 'catalogues of what comes first',
    setup(on) {
      on.onLoad({ filter: /[\\/]i18n[\\/](?:en|zh-CN)\.ts$/ }, ({ path }) => {
        const locale = basename(path, '.ts');
        const contents = `export const ${locale.replace('-', '')} = ${JSON.stringify(texts[locale])}`;
        return { contents, loader: 'js' };
      });
    },
  };
}

/** What is loaded to show list and conversation, of all that is loaded on use. */
export const isOpened = (source: string): boolean => source.endsWith('/view/start.ts');

/**
 * The module. It is built twice: which texts come with list and conversation is known once it is known which sources
 * do.
 */
async function buildModule(plugins: readonly Bun.BunPlugin[]): Promise<Bundle> {
  const built = (more: readonly Bun.BunPlugin[], later: object) =>
    build({
      entrypoints: [`${FOLDER}/widget.ts`],
      plugins: [...plugins, ...more],
      naming: { entry: '[name]-[hash].[ext]' },
      modulePreload: false,
      define: { __INLAY_LATER_TEXTS__: JSON.stringify(later) },
    });
  const whole = await built([], {});
  const paths = whole
    .sources(whole.loaded(isOpened))
    .filter((path) => /\.tsx?$/.test(path) && !/[\\/]i18n[\\/]/.test(path));
  const { first, later } = await sortedTexts(await Promise.all(paths.map((path) => Bun.file(path).text())));
  return await built([catalogues(first)], later);
}

interface WidgetBuild {
  /** The loader's text. */
  readonly loader: string;
  /** The module and its chunks, before it is decided where they are served. */
  readonly module: Bundle;
}

/** Builds the widget, before it is decided where it is served. */
export async function buildWidget(): Promise<WidgetBuild> {
  const plugins = [preact, await styles()];
  const module = await buildModule(plugins);
  const loader = await buildText({
    entrypoints: [`${FOLDER}/loader.ts`],
    format: 'iife',
    plugins,
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
