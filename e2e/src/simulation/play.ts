import type { TestNode } from 'inlay/testing';
import { type Plan, simulate } from './simulate.ts';

/** Seeds that are played at the same time, as most of each is waiting for the database. */
const AT_ONCE = 8;

/** Plays all plans, several at a time, each in a tenant of its own; gives what becomes of each, in their order. */
export function play(nodes: readonly TestNode[], plans: readonly Plan[]): Promise<void>[] {
  const waiting = plans.map((plan) => ({ plan, result: Promise.withResolvers<void>() }));
  const results = waiting.map(({ result }) => result.promise);
  const player = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await simulate(nodes, next.plan).then(next.result.resolve, next.result.reject);
    }
  };
  for (let i = 0; i < AT_ONCE; i += 1) void player();
  // Who asks for a result learns of its failure; until then it is nobody's.
  for (const result of results) result.catch(() => {});
  return results;
}
