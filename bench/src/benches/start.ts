import type { Bench } from '../lib/bench.ts';
import { startNode } from '../lib/node.ts';
import { atMost } from '../lib/result.ts';

export const start: Bench = {
  name: 'start',
  about: 'from the start of the process until it serves: with an empty folder, and again',
  seconds: 0,
  async run() {
    let node = await startNode();
    try {
      const cold = node.startMs;
      node = await node.restart();
      const warm = node.startMs;
      const memory = (await node.memory()) / 1e6;
      return {
        figures: { 'cold ms': cold, 'warm ms': warm, 'MB of the node': memory },
        targets: [atMost('cold ms', cold, 4000), atMost('warm ms', warm, 1500)],
      };
    } finally {
      await node.stop();
    }
  },
};
