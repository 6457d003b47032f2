/**
 * The messenger: page, hashed files, service worker, manifest and icons.
 *
 * Bun takes every `href` of a page for a file to bundle, and a manifest and its icons need names that stay: an
 * installed app is known by them. So the page's source has these links as `data-href`, which Bun leaves alone, and
 * they become `href` here.
 */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundledFile, build, buildText, hashed, script } from './build.ts';
import { MANIFEST } from './manifest.ts';

const source = (name: string): string => fileURLToPath(new URL(`../src/${name}`, import.meta.url));

async function pageOf(output: Bun.BuildArtifact): Promise<BundledFile> {
  const html = (await output.text()).replaceAll(' data-href="', ' href="');
  return {
    path: '/',
    type: 'text/html; charset=utf-8',
    body: new TextEncoder().encode(html),
    forever: false,
  };
}

/** What the page needs to start: what its script imports statically, and what the page itself names. */
function shellOf(page: BundledFile, files: readonly BundledFile[], atStart: ReadonlySet<string>): string[] {
  const html = new TextDecoder().decode(page.body);
  const needed = files.filter(({ path }) => atStart.has(basename(path)) || html.includes(basename(path)));
  return [page.path, ...needed.map(({ path }) => path)];
}

function versionOf(files: readonly BundledFile[]): string {
  const hash = new Bun.CryptoHasher('sha256');
  for (const { path, body } of files) hash.update(path).update(body);
  return hash.digest('hex').slice(0, 16);
}

async function workerOf(files: readonly BundledFile[], shell: readonly string[]): Promise<BundledFile> {
  const code = await buildText({
    entrypoints: [source('sw.ts')],
    format: 'iife',
    define: {
      __INLAY_VERSION__: JSON.stringify(versionOf(files)),
      __INLAY_SHELL__: JSON.stringify(shell),
      __INLAY_FILES__: JSON.stringify(files.filter(({ forever }) => forever).map(({ path }) => path)),
    },
  });
  return script('/sw.js', code);
}

const ICONS = ['icons/icon-192.png', 'icons/icon-512.png', 'icons/maskable-512.png', 'icons/apple-touch.png'];

async function stableFiles(): Promise<BundledFile[]> {
  const manifest = new TextEncoder().encode(JSON.stringify(MANIFEST));
  const icon = async (path: string, file: string, type: string): Promise<BundledFile> => {
    return { path, type, body: await Bun.file(source(file)).bytes(), forever: false };
  };
  return [
    { path: '/manifest.webmanifest', type: 'application/manifest+json', body: manifest, forever: false },
    await icon('/icons/icon.svg', 'icon.svg', 'image/svg+xml'),
    ...(await Promise.all(ICONS.map((file) => icon(`/${file}`, file, 'image/png')))),
  ];
}

/**
 * Bundles the messenger.
 *
 * @param entry the page's source, for tests that need a page of their own around the service worker
 */
export async function bundleMessenger(entry = source('index.html')): Promise<BundledFile[]> {
  const { outputs, loaded } = await build({ entrypoints: [entry] });
  const html = outputs.find(({ type }) => type.startsWith('text/html'));
  if (html === undefined) throw new Error(`${entry} is no page`);
  const page = await pageOf(html);
  const rest = outputs.filter((output) => output !== html);
  const files = await Promise.all(rest.map((output) => hashed(output, '/')));
  const worker = await workerOf(
    [page, ...files],
    shellOf(
      page,
      files,
      loaded(() => false),
    ),
  );
  return [page, ...files, worker, ...(await stableFiles())];
}
