import { join } from 'node:path';
import type { Bench } from '../lib/bench.ts';
import { atMost } from '../lib/result.ts';

const CLIENT = join(import.meta.dir, '../../../packages/client/src');

async function gzipped(entry: string): Promise<number> {
  const built = await Bun.build({
    entrypoints: [join(CLIENT, entry)],
    minify: true,
    target: 'browser',
    format: 'esm',
  });
  const [output] = built.outputs;
  if (output === undefined) throw new Error(`${entry} did not build`);
  return Bun.gzipSync(new Uint8Array(await output.arrayBuffer()), { level: 9 }).length / 1000;
}

export const clientSize: Bench = {
  name: 'client-size',
  about: 'the client as a browser loads it, minified and compressed',
  seconds: 0,
  async run() {
    const client = await gzipped('index.ts');
    const storage = await gzipped('storage/indexeddb.ts');
    return {
      figures: { 'client kB gzip': client, 'IndexedDB storage kB gzip': storage },
      targets: [atMost('client kB gzip', client, 20)],
    };
  },
};
