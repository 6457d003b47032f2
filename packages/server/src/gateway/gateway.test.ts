import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { constants, deflateRawSync } from 'node:zlib';
import { CLOSE, LIMITS } from '@inlay-im/protocol';
import { ManualClock } from '../testing/manual-clock.ts';
import { startTestNode, type TestNode } from '../testing/node.ts';
import { Peer } from '../testing/peer.ts';
import { RawSocket } from '../testing/raw-socket.ts';
import { codeOf, message } from '../testing/scene.ts';

const clock = new ManualClock(Date.now());
let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({
    clock,
    env: {
      INLAY_CONNECTIONS_PER_USER: '3',
      INLAY_SESSION_OPS_PER_SECOND: '50',
      INLAY_ALLOWED_ORIGINS: 'https://app.example',
    },
  });
});
afterAll(() => node.stop());

/** The code with which a fresh socket is closed after these frames. */
async function closedAfter(...frames: (string | Uint8Array)[]): Promise<number> {
  const peer = await Peer.connect(node.url);
  for (const frame of frames) peer.send(frame);
  return (await peer.closed).code;
}

describe('signing in', () => {
  test('the first frame must be session.open; anything else ends the socket', async () => {
    expect(await closedAfter('{"id":1,"op":"session.ping"}')).toBe(CLOSE.unauthenticated);
    expect(await closedAfter('{"id":1,"op":"auth.signInAsGuest","input":{}}')).toBe(CLOSE.unauthenticated);
    expect(await closedAfter('nonsense')).toBe(CLOSE.badFrame);
    expect(await closedAfter('{"id":1,"op":"session.open","input":{"token":"x"}}')).toBe(CLOSE.badFrame);
    expect(await closedAfter(new Uint8Array([1, 2, 3]))).toBe(CLOSE.badFrame);
  });

  test('an old or coming version is told so and not to come back by itself', async () => {
    const { accessToken: token } = await node.signIn('versions');
    const open = JSON.stringify({ id: 1, op: 'session.open', input: { token, version: 99 } });
    expect(await closedAfter(open)).toBe(CLOSE.unsupportedVersion);
  });

  test('who does not sign in within the deadline is cut off, who did stays', async () => {
    const [silent, signedIn] = [await Peer.connect(node.url), await node.peer('deadline')];
    clock.advance(LIMITS.signInDeadline - 1000);
    await signedIn.call('session.ping', {});
    clock.advance(3000);
    expect((await silent.closed).code).toBe(CLOSE.unauthenticated);
    await signedIn.call('session.ping', {});
    signedIn.close();
  });

  test('a session whose token ends is told to refresh', async () => {
    const peer = await node.peer('expiring');
    clock.advance(peer.opened.expiresAt - clock.now() + 1000);
    expect((await peer.closed).code).toBe(CLOSE.tokenExpired);
  });

  test('a second session.open is an error and harms nothing', async () => {
    const peer = await node.peer('twice');
    const { accessToken: token } = await node.signIn('twice');
    expect(await codeOf(peer.call('session.open', { token, version: 1 }))).toBe('invalid_input');
    await peer.call('session.ping', {});
    peer.close();
  });

  test('connections per person are bounded, and sockets that drop while they sign in do not count for ever', async () => {
    const { accessToken: token } = await node.signIn('many');
    const open = JSON.stringify({ id: 1, op: 'session.open', input: { token, version: 1 } });
    for (let i = 0; i < 20; i++) {
      const raw = await RawSocket.open(node.url);
      raw.frame(open);
      raw.destroy();
      await raw.closed;
    }
    const three = [await settled(), await settled(), await settled()];
    const fourth = await Peer.connect(node.url);
    expect(await codeOf(fourth.call('session.open', { token, version: 1 }))).toBe('limit_reached');
    expect((await fourth.closed).code).toBe(CLOSE.tooManyConnections);
    for (const peer of three) peer.close();

    /** A signed-in peer, as soon as the node has noticed that the dropped ones are gone. */
    async function settled(): Promise<Peer> {
      for (let i = 0; i < 200; i++) {
        const peer = await Peer.connect(node.url);
        if ((await codeOf(peer.call('session.open', { token, version: 1 }))) === 'ok') return peer;
      }
      throw new Error('the dropped sockets still count');
    }
  });
});

describe('pages', () => {
  const upgrade = (origin: string) =>
    fetch(`${node.url}/v1/socket`, {
      headers: {
        ...{ origin, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    }).then(
      (r) => r.status,
      () => 101,
    );

  test('only pages of allowed origins and of the node itself connect or read answers', async () => {
    expect(await upgrade('https://evil.example')).toBe(403);
    expect(await upgrade('null')).toBe(403);
    expect(await upgrade('https://app.example')).toBe(101);
    expect(await upgrade(node.url)).toBe(101);
    const cors = async (origin: string) => {
      const answer = await fetch(`${node.url}/v1/users.me`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
      return answer.headers.get('access-control-allow-origin');
    };
    expect(await cors('https://app.example')).toBe('https://app.example');
    expect(await cors('https://evil.example')).toBeNull();
  });
});

describe('bounds', () => {
  test('frames beyond the rate are told how long to wait, and go through after it', async () => {
    const peer = await node.peer('fast');
    const ends = await Promise.all(Array.from({ length: 60 }, () => codeOf(peer.call('session.ping', {}))));
    const more = await Promise.all(Array.from({ length: 60 }, () => codeOf(peer.call('session.ping', {}))));
    expect([...ends, ...more].filter((e) => e === 'rate_limited').length).toBeGreaterThanOrEqual(20);
    expect([...ends, ...more].every((e) => e === 'ok' || e === 'rate_limited')).toBe(true);
    clock.advance(1000);
    expect(await codeOf(peer.call('session.ping', {}))).toBe('ok');
    peer.close();
  });

  test('requests that wait for their reply are bounded', async () => {
    const peer = await node.peer('flood');
    const ends = await Promise.all(
      Array.from({ length: LIMITS.framesInFlight + 10 }, () => codeOf(peer.call('users.me', {}))),
    );
    expect(ends.filter((e) => e === 'ok')).toHaveLength(LIMITS.framesInFlight);
    expect(ends.filter((e) => e === 'rate_limited')).toHaveLength(10);
    peer.close();
  });

  test('a frame over the limit ends the socket, fragments are put together, and half of them only wait', async () => {
    const { accessToken: token } = await node.signIn('fragments');
    const open = Buffer.from(JSON.stringify({ id: 7, op: 'session.open', input: { token, version: 1 } }));
    const raw = await RawSocket.open(node.url);
    raw.frame(open.subarray(0, 10), { fin: false });
    raw.frame(open.subarray(10, 20), { opcode: 0, fin: false });
    raw.frame(open.subarray(20), { opcode: 0 });
    await raw.until((all) => all.includes('"id":7,"output"'));
    expect(raw.received.includes('"id":7,"output"')).toBe(true);
    raw.frame(' '.repeat(LIMITS.frameBytes + 1));
    await raw.closed;
    const slow = await RawSocket.open(node.url);
    for (let i = 0; i < 3; i++)
      slow.frame('x'.repeat(LIMITS.frameBytes / 2), { opcode: i === 0 ? 1 : 0, fin: false });
    await slow.closed;
  });

  test('compression is negotiated; a bomb ends its socket and nothing else', async () => {
    const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024), { finishFlush: constants.Z_SYNC_FLUSH });
    const payload = bomb.subarray(0, -4);
    const raw = await RawSocket.open(node.url, 'permessage-deflate; client_no_context_takeover');
    expect(raw.received.toString('latin1').toLowerCase()).toContain(
      'sec-websocket-extensions: permessage-deflate',
    );
    const { accessToken: token } = await node.signIn('bomber');
    const open = JSON.stringify({ id: 3, op: 'session.open', input: { token, version: 1 } });
    const deflated = deflateRawSync(Buffer.from(open), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(
      0,
      -4,
    );
    raw.frame(deflated, { compressed: true });
    await raw.until((all) => all.includes('"id":3,"output"'));
    for (let at = 0; at < payload.length; at += 16_000) {
      raw.frame(payload.subarray(at, at + 16_000), {
        opcode: at === 0 ? 1 : 0,
        compressed: at === 0,
        fin: at + 16_000 >= payload.length,
      });
    }
    await raw.closed;
    const small = await RawSocket.open(node.url, 'permessage-deflate');
    small.frame(
      deflateRawSync(Buffer.alloc(2 * 1024 * 1024), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4),
      { compressed: true },
    );
    await small.closed;
    expect((await fetch(`${node.url}/health`)).status).toBe(200);
  });

  test('what belongs to no request is answered with the id null, what names an id with that id', async () => {
    const peer = await node.peer('idless');
    const raw = await RawSocket.open(node.url);
    const { accessToken: token } = await node.signIn('idless');
    raw.frame(JSON.stringify({ id: 0, op: 'session.open', input: { token, version: 1 } }));
    await raw.until((all) => all.includes('"id":0,"output"'));
    raw.frame('{"id":41,"op":7}');
    raw.frame('{"id":42,"op":"session.ping","extra":1}');
    raw.frame('{"op":"session.ping"}');
    await raw.until((all) => all.includes('"id":null'));
    for (const id of ['41', '42', 'null'])
      expect(raw.received.includes(`{"id":${id},"error":{"code":"invalid_input"`)).toBe(true);
    raw.destroy();
    peer.close();
  });
});

describe('a slow consumer', () => {
  test('is disconnected to resume, and misses nothing afterwards', async () => {
    const { accessToken: token } = await node.signIn('sleepy');
    await node.as('loud', 'conversations.create', {
      id: 'flooded',
      kind: 'group',
      members: ['sleepy', 'awake'],
    });
    const awake = await node.peer('awake');
    const raw = await RawSocket.open(node.url);
    raw.frame(JSON.stringify({ id: 1, op: 'session.open', input: { token, version: 1 } }));
    await raw.until((all) => all.includes('"id":1,"output"'));
    const cursor = /"cursor":"([^"]+)"/.exec(raw.received.toString())?.[1] as string;
    raw.pause();
    const words = 'x'.repeat(9_900);
    let sent = 0;
    const isGone = async () =>
      (await node.as('awake', 'presence.get', { users: ['sleepy'] })).presence[0]?.state !== 'online';
    for (let gone = false; !gone && sent < 4000; gone = await isGone()) {
      await Promise.all(
        Array.from({ length: 40 }, () => node.as('loud', 'messages.send', message('flooded', words))),
      );
      sent += 40;
      clock.advance(LIMITS.presenceGrace + 1);
    }
    expect(await isGone()).toBe(true);
    raw.resume();
    await raw.closed;
    const again = await node.peer('sleepy', { cursor });
    const view = again.opened.sync.conversations.find((c) => c.id === 'flooded');
    expect(view?.lastN).toBe(sent + 1);
    const { messages } = await again.call('messages.list', { conversation: 'flooded', limit: 5 });
    expect(messages.at(-1)?.n).toBe(sent + 1);
    expect(
      awake
        .of('message.new')
        .filter((e) => e.message.sender === 'loud')
        .map((e) => e.message.n),
    ).toEqual(Array.from({ length: sent }, (_, i) => i + 2));
  }, 30_000);
});
