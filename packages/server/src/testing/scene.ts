import { randomBytes } from 'node:crypto';
import { InlayError } from '@inlay-im/protocol';
import { createApp } from '../slices/apps/index.ts';
import type { TestNode } from './node.ts';
import { PeerError } from './peer.ts';

export const text = (words: string) => ({ kind: 'text' as const, text: words });

/** A message of these words under a fresh id. */
export const message = (conversation: string, words: string) => ({
  conversation,
  id: Bun.randomUUIDv7(),
  body: text(words),
});

/** The error code that a call ends with; `ok` if it ends well. */
export async function codeOf(call: PromiseLike<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof PeerError) return error.wire.code;
    if (error instanceof InlayError) return error.code;
    throw error;
  }
}

/** A second tenant on the node. */
export async function otherApp(node: TestNode, id = 'other'): Promise<string> {
  await createApp(node.db, { id, name: id, at: new Date(), randomBytes });
  return id;
}

/** Numbers that only look random: the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
