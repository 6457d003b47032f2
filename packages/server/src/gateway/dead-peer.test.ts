import { expect, test } from 'bun:test';
import { LIMITS } from '@inlay-im/protocol';
import { startTestNode } from '../testing/node.ts';
import { RawSocket } from '../testing/raw-socket.ts';

/** The shortest that the runtime's timer takes. */
const IDLE = 8000;

test('a peer that answers no ping is found dead and leaves the books, while one that does stays', async () => {
  const node = await startTestNode({ idle: IDLE });
  try {
    const { accessToken } = await node.signIn('dead');
    const dead = await RawSocket.open(node.url);
    dead.frame(JSON.stringify({ id: 0, op: 'session.open', input: { token: accessToken, version: 1 } }));
    await dead.until((all) => all.includes('"output"'));
    const alive = await node.peer('alive');
    await alive.call('presence.subscribe', { users: ['dead'] });
    const began = performance.now();
    await dead.closed;
    expect(performance.now() - began).toBeLessThan(IDLE * 2);
    // The socket of `alive` sent nothing either, but its pongs.
    expect(await alive.call('session.ping', {})).toMatchObject({ serverTime: expect.any(Number) });
  } finally {
    await node.stop();
  }
}, 30_000);

test('what the protocol says finds a dead peer within 45 seconds', () => {
  expect(LIMITS.idle).toBeLessThanOrEqual(45_000);
});
