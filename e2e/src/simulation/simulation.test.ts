import { afterAll, beforeAll, describe, test } from 'bun:test';
import { startTestNode, type TestNode } from 'inlay/testing';
import { BAD_SEEDS } from './bad-seeds.ts';
import { play } from './play.ts';
import type { Plan } from './simulate.ts';

const SEEDS = 200;
const LONG = 4;

const plans: (Plan & { name?: string })[] = [
  ...BAD_SEEDS,
  ...Array.from({ length: SEEDS }, (_, i) => ({ seed: i + 1, steps: 40 })),
  ...Array.from({ length: LONG }, (_, i) => ({ seed: 10_001 + i, steps: 250 })),
];

describe('[L1]–[L9] [L11] devices of several people, with faults in the middle of anything, end equal to a fresh fetch', () => {
  let node: TestNode;
  let results: readonly Promise<void>[];
  beforeAll(async () => {
    node = await startTestNode({ env: { INLAY_CONNECTIONS_PER_ADDRESS: '10000' } });
    results = play([node], plans);
  }, 60_000);
  afterAll(async () => {
    await node.stop();
  });
  for (const [i, { seed, steps, name }] of plans.entries()) {
    test(name ?? `seed ${seed}, ${steps} steps`, async () => await results[i], 180_000);
  }
});
