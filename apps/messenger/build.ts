/**
 * Writes the files that a node bundles by itself to dist/, for whoever serves them from elsewhere than a node. With
 * `--watch` they are written again whenever a source of the page changes.
 */
import { watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleMessenger, bundleWidget } from './bundle.ts';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function write(): Promise<void> {
  const files = [...(await bundleMessenger()), ...(await bundleWidget())];
  await rm(path('./dist'), { recursive: true, force: true });
  for (const file of files) {
    const name = file.path === '/' ? '/index.html' : file.path;
    await Bun.write(path(`./dist${name}`), file.body);
    console.log(`${(file.body.length / 1024).toFixed(1).padStart(8)} kB  ${name}`);
  }
}

await write();
if (process.argv.includes('--watch')) {
  let soon: ReturnType<typeof setTimeout> | undefined;
  watch(path('./src'), { recursive: true }, () => {
    clearTimeout(soon);
    soon = setTimeout(() => void write().catch(console.error), 50);
  });
}
