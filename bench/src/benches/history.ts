import type { Bench } from '../lib/bench.ts';
import { startNode } from '../lib/node.ts';
import { signIn } from '../lib/peers.ts';
import { atMost, percentile } from '../lib/result.ts';
import { conversationId, seed, userId } from '../lib/seed.ts';

const MESSAGES = 1_000_000;

export const history: Bench = {
  name: 'history',
  about: 'a page of 50 anywhere in a conversation of 1,000,000 messages',
  seconds: 5,
  async run({ seconds }) {
    const node = await startNode();
    try {
      await seed(node.sql, { users: 2, conversations: [[1, 2]] });
      await node.sql`insert into messages (conversation, n, rev, id, sender, at, body)
        select pk, i, i, gen_random_uuid(), 'u1', now(), json_build_object('kind', 'text', 'text', repeat('x', 128))
        from conversations, generate_series(1, ${MESSAGES}::int) i`;
      await node.sql`update conversations set last_n = ${MESSAGES}, rev = ${MESSAGES}`;
      await node.sql.unsafe('vacuum analyze');
      const token = (await signIn(node.url, node.sql, [userId(1)])).get(userId(1)) ?? '';
      const took: number[] = [];
      const end = performance.now() + seconds * 1000;
      // Spread over the conversation by a fixed stride, so that every run asks for the same places.
      for (let i = 0; i < 100 || performance.now() < end; i++) {
        const before = ((i * 7919 * 50) % MESSAGES) + 51;
        const began = performance.now();
        const answer = await fetch(`${node.url}/v1/messages.list`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: JSON.stringify({ conversation: conversationId(1), before }),
        });
        const { messages } = (await answer.json()) as { messages: unknown[] };
        took.push(performance.now() - began);
        if (messages.length !== 50)
          throw new Error(`a page before ${before} has ${messages.length} messages`);
      }
      return {
        figures: {
          messages: MESSAGES,
          pages: took.length,
          'p50 ms': percentile(took, 0.5),
          'p99 ms': percentile(took, 0.99),
        },
        targets: [atMost('p99 ms', percentile(took, 0.99), 6)],
      };
    } finally {
      await node.stop();
    }
  },
};
