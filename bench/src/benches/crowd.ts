import type { BenchNode } from '../lib/node.ts';
import { signIn } from '../lib/peers.ts';
import { seed, userId } from '../lib/seed.ts';

export const PEOPLE = 10_000;
const EACH = 50;

/** 10,000 people in as many groups of 50, so that everyone is in 50; gives an access token for each. */
export async function crowd(node: BenchNode): Promise<Map<string, string>> {
  const conversations = Array.from({ length: PEOPLE }, (_, c) =>
    Array.from({ length: EACH }, (_, i) => ((c + i * 197) % PEOPLE) + 1),
  );
  await seed(node.sql, { users: PEOPLE, conversations });
  return await signIn(
    node.url,
    node.sql,
    Array.from({ length: PEOPLE }, (_, i) => userId(i + 1)),
    32,
  );
}
