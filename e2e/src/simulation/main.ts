import { parseArgs } from 'node:util';
import { createLocalHub, startTestNode, type TestNode } from 'inlay/testing';
import { play } from './play.ts';

const USAGE = `npm run simulate -- [--seeds 200] [--from N] [--steps 60] [--nodes 1]
Plays that many fresh seeds; --from N goes on from a known one, --nodes 2 lets devices hop between two nodes.`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string' },
    steps: { type: 'string', default: '60' },
    nodes: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

async function start(count: number): Promise<TestNode[]> {
  const hub = createLocalHub();
  const env = { INLAY_CONNECTIONS_PER_ADDRESS: '10000' };
  const nodes = [await startTestNode({ env, bus: hub.join() })];
  const database = (nodes[0] as TestNode).database;
  while (nodes.length < count) nodes.push(await startTestNode({ env, bus: hub.join(), database }));
  return nodes;
}

if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const from = Number(values.from ?? Date.now() % 1_000_000_000);
const plans = Array.from({ length: Number(values.seeds) }, (_, i) => ({
  seed: from + i,
  steps: Number(values.steps),
}));
const began = performance.now();
let bad = 0;
let done = 0;
for (const result of play(await start(Number(values.nodes)), plans)) {
  await result.catch((error: unknown) => {
    bad += 1;
    console.error(`\n${error instanceof Error ? error.message : error}`);
  });
  done += 1;
  if (done % 50 === 0) console.log(`${done} seeds: ${bad} bad`);
}
const seconds = (performance.now() - began) / 1000;
console.log(`${plans.length} seeds from ${from} in ${seconds.toFixed(1)} s: ${bad} bad`);
process.exit(bad > 0 ? 1 : 0);
