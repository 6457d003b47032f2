import type { Bench } from '../lib/bench.ts';
import { startNode } from '../lib/node.ts';
import { openAll } from '../lib/peers.ts';
import { atMost } from '../lib/result.ts';
import { crowd, PEOPLE } from './crowd.ts';

export const idle: Bench = {
  name: 'idle',
  about: '10,000 signed-in connections with 50 conversations each: memory of the node a connection',
  seconds: 5,
  async run({ seconds }) {
    let node = await startNode();
    try {
      const tokens = await crowd(node);
      // A fresh node on the same data, so that what ten thousand sign-ins left behind is not in the base line.
      node = await node.restart();
      await Bun.sleep(seconds * 1000);
      const before = await node.memory();
      const peers = await openAll(node.socketUrl, tokens);
      await Bun.sleep(2 * seconds * 1000);
      const after = await node.memory();
      for (const { ws } of peers) ws.onclose = null;
      const each = (after - before) / PEOPLE / 1000;
      return {
        figures: {
          connections: peers.length,
          'kB a connection': each,
          'MB before': before / 1e6,
          'MB after': after / 1e6,
        },
        targets: [atMost('kB a connection', each, 12)],
      };
    } finally {
      await node.stop();
    }
  },
};
