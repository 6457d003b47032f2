import type { Bench } from '../lib/bench.ts';
import { startNode } from '../lib/node.ts';
import { open, openAll } from '../lib/peers.ts';
import { atMost, percentile } from '../lib/result.ts';
import { crowd, PEOPLE } from './crowd.ts';

const cursorOf = (opened: string): string => /"cursor":"([^"]+)"/.exec(opened)?.[1] ?? '';

export const storm: Bench = {
  name: 'storm',
  about: '10,000 clients reconnect and resync at once after a restart',
  seconds: 0,
  async run() {
    let node = await startNode();
    try {
      const tokens = await crowd(node);
      const peers = await openAll(node.socketUrl, tokens);
      const cursors = new Map(peers.map((p) => [p.user, cursorOf(p.opened)]));
      for (const { ws } of peers) ws.onclose = null;
      node = await node.restart();
      const took: number[] = [];
      let errors = 0;
      const began = performance.now();
      // All at once, as the worst case; real clients spread their reconnects over a time of their own choosing.
      await Promise.all(
        [...tokens].map(async ([user, token]) => {
          const at = performance.now();
          try {
            await open(node.socketUrl, { user, token, cursor: cursors.get(user) ?? '' });
            took.push(performance.now() - at);
          } catch {
            errors++;
          }
        }),
      );
      const seconds = (performance.now() - began) / 1000;
      return {
        figures: {
          clients: PEOPLE,
          's until all are in step': seconds,
          errors,
          'p50 ms': percentile(took, 0.5),
          'restart ms': node.startMs,
        },
        targets: [atMost('s until all are in step', seconds, 15), atMost('errors', errors, 0)],
      };
    } finally {
      await node.stop();
    }
  },
};
