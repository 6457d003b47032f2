import { afterAll, beforeAll, describe, test } from 'bun:test';
import { createLocalHub, startTestNode, type TestNode } from 'inlay/testing';
import { losing } from './bus.ts';
import { Dice } from './dice.ts';
import { play } from './play.ts';
import type { Plan } from './simulate.ts';

const env = { INLAY_CONNECTIONS_PER_ADDRESS: '10000' };

/** Devices hop between two nodes of one database, and `loss` of the frames between the nodes are lost. */
function overTwoNodes(title: string, plans: readonly Plan[], loss: number): void {
  describe(title, () => {
    let nodes: TestNode[];
    let results: readonly Promise<void>[];
    beforeAll(async () => {
      const hub = createLocalHub();
      const bus = () => losing(hub.join(), new Dice(1), loss);
      const one = await startTestNode({ env, bus: bus() });
      nodes = [one, await startTestNode({ env, bus: bus(), database: one.database })];
      results = play(nodes, plans);
    }, 60_000);
    afterAll(async () => {
      for (const node of nodes.toReversed()) await node.stop();
    });
    for (const [i, { seed, steps }] of plans.entries()) {
      test(`seed ${seed}, ${steps} steps`, async () => await results[i], 180_000);
    }
  });
}

const seeds = (from: number, count: number, more: Partial<Plan> = {}): Plan[] =>
  Array.from({ length: count }, (_, i) => ({ seed: from + i, steps: 50, ...more }));

overTwoNodes(
  '[L1]–[L9] [L11] devices that hop between two nodes end equal to a fresh fetch',
  seeds(20_001, 40),
  0,
);
overTwoNodes(
  '[L5] [L7] what the bus between two nodes loses is made up for',
  seeds(30_001, 20, { reconnect: true }),
  0.2,
);
