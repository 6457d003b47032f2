import type { Bench } from '../lib/bench.ts';
import { type BenchNode, startNode } from '../lib/node.ts';
import { openAll, type RawPeer, signIn } from '../lib/peers.ts';
import { atMost, percentile } from '../lib/result.ts';
import { conversationId, seed, userId } from '../lib/seed.ts';

const ONLINE = 1000;
const LARGE = 100_000;

/** Milliseconds from a send to its acknowledgement, one at a time. */
async function sends(sender: RawPeer, room: string, seconds: number): Promise<number[]> {
  const took: number[] = [];
  const end = performance.now() + seconds * 1000;
  for (let id = 1; took.length < 50 || performance.now() < end; id++) {
    const began = performance.now();
    await new Promise<void>((resolve) => {
      sender.ws.onmessage = ({ data }) => {
        if (!String(data).startsWith('{"event"')) resolve();
      };
      const input = {
        conversation: room,
        id: Bun.randomUUIDv7(),
        body: { kind: 'text', text: 'x'.repeat(128) },
      };
      sender.ws.send(JSON.stringify({ id, op: 'messages.send', input }));
    });
    took.push(performance.now() - began);
  }
  return took;
}

/** Rows of the log; what devices and jobs write meanwhile is no part of a send. */
async function rowsWritten(node: BenchNode): Promise<number> {
  await node.sql`select pg_stat_force_next_flush()`;
  const [{ rows }] = await node.sql`select sum(n_tup_ins + n_tup_upd)::float8 as rows from pg_stat_user_tables
    where relname in ('messages', 'conversations', 'members')`;
  return rows;
}

export const bigroom: Bench = {
  name: 'bigroom',
  about: '100,000 members, 1,000 of them online, against 1,000 members, all of them online',
  seconds: 5,
  async run({ seconds }) {
    const node = await startNode();
    try {
      const range = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
      await seed(node.sql, { users: LARGE, conversations: [range(LARGE), range(ONLINE)] });
      const tokens = await signIn(node.url, node.sql, range(ONLINE).map(userId));
      const peers = await openAll(node.socketUrl, tokens);
      const sender = peers[0] as RawPeer;
      await sends(sender, conversationId(1), 1);
      await sends(sender, conversationId(2), 1);
      const cpuBefore = await node.cpu();
      const small = await sends(sender, conversationId(2), seconds);
      const cpuSmall = ((await node.cpu()) - cpuBefore) / small.length;
      const rows = await rowsWritten(node);
      const cpuMiddle = await node.cpu();
      const large = await sends(sender, conversationId(1), seconds);
      const cpuLarge = ((await node.cpu()) - cpuMiddle) / large.length;
      const written = ((await rowsWritten(node)) - rows) / large.length;
      for (const { ws } of peers) ws.onclose = null;
      const ratio = percentile(large, 0.5) / percentile(small, 0.5);
      return {
        figures: {
          'send to 100,000: p50 ms': percentile(large, 0.5),
          'send to 1,000: p50 ms': percentile(small, 0.5),
          'time, large to small': ratio,
          'node CPU, large to small': cpuLarge / cpuSmall,
          'rows written a send (message, counters, own mark)': written,
        },
        targets: [
          atMost('time, large to small', ratio, 1.5),
          atMost('rows written a send', Math.round(written), 3),
        ],
      };
    } finally {
      await node.stop();
    }
  },
};
