/**
 * Writes the page to dist/, for whoever serves it from elsewhere than a node; a node bundles it by itself. With
 * `--watch` it is written again whenever a source changes.
 */
import { watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function build(): Promise<void> {
  const outdir = path('./dist');
  await rm(outdir, { recursive: true, force: true });
  const { outputs } = await Bun.build({ entrypoints: [path('./src/index.html')], outdir, minify: true });
  for (const { path: file, size } of outputs)
    console.log(`${(size / 1024).toFixed(1).padStart(8)} kB  ${file}`);
}

await build();
if (process.argv.includes('--watch')) {
  let soon: ReturnType<typeof setTimeout> | undefined;
  watch(path('./src'), { recursive: true }, () => {
    clearTimeout(soon);
    soon = setTimeout(() => void build().catch(console.error), 50);
  });
}
