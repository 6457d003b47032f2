import type { Bench } from '../lib/bench.ts';
import { startNode } from '../lib/node.ts';
import { open, signIn } from '../lib/peers.ts';
import { atMost, percentile } from '../lib/result.ts';
import { seed, userId } from '../lib/seed.ts';

const CONVERSATIONS = 10_000;
/** Others who are in the same conversations, so that tables are not those of one person alone. */
const OTHERS = 200;

export const sync: Bench = {
  name: 'sync',
  about: 'the first page for an account with 10,000 conversations',
  seconds: 5,
  async run({ seconds }) {
    const node = await startNode();
    try {
      const conversations = Array.from({ length: CONVERSATIONS }, (_, i) => [1, (i % OTHERS) + 2]);
      await seed(node.sql, { users: OTHERS + 1, conversations });
      await node.sql`insert into messages (conversation, n, rev, id, sender, at, body)
        select pk, i, i, gen_random_uuid(), 'u1', now(), '{"kind":"text","text":"hello"}'
        from conversations, generate_series(1, 5) i`;
      await node.sql`update conversations set last_n = 5, rev = 5`;
      await node.sql.unsafe('vacuum analyze');
      const token = (await signIn(node.url, node.sql, [userId(1)])).get(userId(1)) ?? '';
      const page: number[] = [];
      const sessions: number[] = [];
      const headers = { authorization: `Bearer ${token}` };
      const end = performance.now() + seconds * 1000;
      for (let i = 0; i < 20 || performance.now() < end; i++) {
        const began = performance.now();
        const answer = await fetch(`${node.url}/v1/sync.page`, { method: 'POST', headers, body: '{}' });
        await answer.text();
        page.push(performance.now() - began);
      }
      for (let i = 0; i < 20; i++) {
        const began = performance.now();
        const { ws } = await open(node.socketUrl, { user: userId(1), token });
        sessions.push(performance.now() - began);
        await new Promise<void>((resolve) => {
          ws.onclose = () => resolve();
          ws.close();
        });
      }
      return {
        figures: {
          conversations: CONVERSATIONS,
          'first page p50 ms': percentile(page, 0.5),
          'first page p99 ms': percentile(page, 0.99),
          'connect, sign in, first page: p50 ms': percentile(sessions, 0.5),
        },
        targets: [atMost('first page p99 ms', percentile(page, 0.99), 25)],
      };
    } finally {
      await node.stop();
    }
  },
};
