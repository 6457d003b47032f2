import { basename, join } from 'node:path';
import type { Bench } from '../lib/bench.ts';
import { atMost } from '../lib/result.ts';

const CLIENT = join(import.meta.dir, '../../../packages/client/src');

interface Weight {
  /** kB of what is there once the entry is loaded. */
  first: number;
  /** kB of what is loaded on use. */
  later: number;
}

async function gzipped(entry: string): Promise<Weight> {
  const { outputs, metafile } = await Bun.build({
    entrypoints: [join(CLIENT, entry)],
    minify: true,
    splitting: true,
    metafile: true,
    target: 'browser',
    format: 'esm',
  });
  const [main] = outputs;
  if (main === undefined || metafile === undefined) throw new Error(`${entry} did not build`);
  const first = new Set<string>();
  const add = (name: string): void => {
    if (first.has(name)) return;
    first.add(name);
    for (const { path, kind } of metafile.outputs[`./${name}`]?.imports ?? [])
      if (kind !== 'dynamic-import') add(basename(path));
  };
  add(basename(main.path));
  const weight: Weight = { first: 0, later: 0 };
  for (const output of outputs) {
    const kilobytes = Bun.gzipSync(new Uint8Array(await output.arrayBuffer()), { level: 9 }).length / 1000;
    weight[first.has(basename(output.path)) ? 'first' : 'later'] += kilobytes;
  }
  return weight;
}

export const clientSize: Bench = {
  name: 'client-size',
  about: 'the client as a browser loads it, minified and compressed',
  seconds: 0,
  async run() {
    const client = await gzipped('index.ts');
    const storage = await gzipped('storage/indexeddb.ts');
    return {
      figures: {
        'client kB gzip': client.first,
        'loaded on use kB gzip': client.later,
        'IndexedDB storage kB gzip': storage.first,
      },
      targets: [atMost('client kB gzip', client.first, 20)],
    };
  },
};
