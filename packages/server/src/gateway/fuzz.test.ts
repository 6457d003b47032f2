import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ERRORS, OPERATIONS, type OperationName } from '@inlay-im/protocol';
import fc from 'fast-check';
import { media, readyFile } from '../testing/files.ts';
import { FILES, hostile, inputsOf, mutated, nested } from '../testing/hostile.ts';
import { startTestNode, type TestNode } from '../testing/node.ts';
import { RawSocket } from '../testing/raw-socket.ts';
import { message } from '../testing/scene.ts';

/** Runs of each property; `npm run fuzz` takes more of them, from a seed of its own. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 60);
const SEED = process.env.FUZZ_RUNS === undefined ? 20_261_123 : Math.floor(Math.random() * 2 ** 31);
/** An answer that takes longer counts as a hang. */
const PATIENCE = 5000;
const TIMEOUT = 20_000 + RUNS * 1000;
const options = { seed: SEED, numRuns: RUNS, endOnFailure: true } as const;

let node: TestNode;
let token: string;
beforeAll(async () => {
  node = await startTestNode();
  await node.as('alice', 'conversations.create', { id: 'room', kind: 'group', members: ['bob', 'carol'] });
  await node.as('alice', 'conversations.create', { id: 'channel', kind: 'channel' });
  for (const id of ['room', 'channel', 'direct:alice,bob']) {
    for (const words of ['one', 'two', 'three']) await node.as('alice', 'messages.send', message(id, words));
  }
  for (const [i, kind] of (['image', 'voice'] as const).entries()) {
    const file = await readyFile(node.db, { id: FILES[i] as string, owner: 'alice', kind });
    const sent = { conversation: 'room', id: Bun.randomUUIDv7(), body: media([file]) };
    await node.as('alice', 'messages.send', sent);
  }
  ({ accessToken: token } = await node.signIn('alice'));
});
afterAll(() => node.stop());

async function within<T>(what: Promise<T>, name: string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${name}: no answer within ${PATIENCE} ms`)), PATIENCE);
  try {
    return await Promise.race([what, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An error as the table has it, and never the node's own failure. */
function checkError(error: unknown, input: unknown): void {
  const { code, message: words } = error as { code: string; message: string };
  if (!Object.hasOwn(ERRORS, code) || code === 'internal' || typeof words !== 'string') {
    throw new Error(`${JSON.stringify(error)} for ${JSON.stringify(input)?.slice(0, 2000)}`);
  }
}

const headers = () => ({ authorization: `Bearer ${token}` });

/** Calls over HTTP with a body as it is; the answer must be the operation's, or an error of the table. */
async function post(op: string, body: RequestInit['body'], more: object = {}): Promise<number> {
  const answer = await within(
    fetch(`${node.url}/v1/${op}`, {
      method: 'POST',
      body: body as never,
      headers: { ...headers(), ...more },
    }),
    op,
  );
  const json = await within(answer.json(), op);
  if (!answer.ok) {
    checkError(json.error, String(body));
    expect(answer.status).toBe(ERRORS[json.error.code as keyof typeof ERRORS].status);
  }
  return answer.status;
}

const healthy = async () => expect((await within(fetch(`${node.url}/health`), 'health')).status).toBe(200);

/** Frames of text that the node sent on a raw connection, after the handshake. */
function textFrames(all: Buffer): string[] {
  const frames: string[] = [];
  for (let at = all.indexOf('\r\n\r\n') + 4; at + 2 <= all.length; ) {
    const short = (all[at + 1] as number) & 127;
    const head = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (at + head > all.length) break;
    const length =
      short === 126 ? all.readUInt16BE(at + 2) : short === 127 ? Number(all.readBigUInt64BE(at + 2)) : short;
    if (at + head + length > all.length) break;
    if (((all[at] as number) & 15) === 1) frames.push(all.toString('utf8', at + head, at + head + length));
    at += head + length;
  }
  return frames;
}

/** A signed-in raw connection. */
async function signedIn(): Promise<RawSocket> {
  const raw = await RawSocket.open(node.url);
  raw.frame(JSON.stringify({ id: 0, op: 'session.open', input: { token, version: 1 } }));
  await within(
    raw.until((all) => all.includes('"id":0,"output"')),
    'session.open',
  );
  return raw;
}

/** After anything whatever: replies are structured, and the socket is closed or still answers. */
async function settles(raw: RawSocket, input: unknown): Promise<void> {
  raw.frame('{"id":990099,"op":"session.ping"}');
  await within(Promise.race([raw.until((all) => all.includes('990099')), raw.closed]), 'the socket');
  for (const frame of textFrames(raw.received)) {
    const json = JSON.parse(frame);
    if (json.error !== undefined) checkError(json.error, input);
    else expect('output' in json || 'event' in json).toBe(true);
  }
  raw.destroy();
}

const frameText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.json(),
  fc.constantFrom(
    '',
    '{',
    '[',
    'null',
    '0',
    '""',
    nested(16),
    nested(17),
    nested(30_000),
    nested(5_000, ['{"a":', '}']),
    `{"id":1,"op":"session.ping","input":${nested(20_000)}}`,
  ),
  fc.constantFrom(
    '{"id":1,"id":2,"op":"session.ping"}',
    '{"__proto__":{"id":1},"op":"session.ping"}',
    '{"id":1,"op":"__proto__"}',
    '{"id":1,"op":"constructor","input":{}}',
  ),
  fc.constantFrom(
    '{"id":1e400,"op":"session.ping"}',
    '{"id":-1,"op":"session.ping"}',
    '{"id":9007199254740993,"op":"session.ping"}',
    `{"id":${'9'.repeat(5000)},"op":"session.ping"}`,
  ),
  fc
    .record(
      { id: hostile, op: fc.oneof(hostile, fc.constantFrom(...Object.keys(OPERATIONS))), input: hostile },
      { requiredKeys: [] },
    )
    .map((f) => JSON.stringify(f)),
);

describe('frames', () => {
  test(
    'any text, whole or cut anywhere, is answered in words or ends its socket',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          frameText,
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.boolean(),
          async (text, cut, whole) => {
            const raw = await signedIn();
            const bytes = Buffer.from(text);
            raw.frame(whole ? bytes : bytes.subarray(0, Math.floor(bytes.length * cut)));
            await settles(raw, text);
          },
        ),
        options,
      );
      await healthy();
    },
    TIMEOUT,
  );

  test(
    'any bytes, as text, binary, fragments, deflated or no frames at all, harm nobody',
    async () => {
      const shape = fc.record({
        opcode: fc.constantFrom(0, 1, 2, 3, 8, 9, 10, 15),
        fin: fc.boolean(),
        compressed: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.uint8Array({ maxLength: 200 }), shape), { minLength: 1, maxLength: 5 }),
          fc.boolean(),
          async (frames, raw) => {
            const socket = await signedIn();
            for (const [bytes, how] of frames) raw ? socket.write(bytes) : socket.frame(bytes, how);
            // The peer may wait for the rest of a frame; what it was sent so far must have been in order.
            socket.write(Buffer.from([0x88, 0x80, 0, 0, 0, 0]));
            socket.destroy();
            await within(socket.closed, 'the socket');
          },
        ),
        options,
      );
      await healthy();
    },
    TIMEOUT,
  );
});

const names = Object.keys(OPERATIONS) as OperationName[];
/** Ends or replaces the session that the fuzz goes on with, or spends a fifth of a second on a password. */
const APART = new Set<OperationName>([
  'auth.signOut',
  'devices.signOut',
  'session.open',
  'auth.signUp',
  'auth.signInWithPassword',
  'auth.changePassword',
  'auth.upgradeWithPassword',
]);

test('a text frame that is no UTF-8 ends its socket (RFC 6455, 8.1)', async () => {
  const raw = await signedIn();
  const [head, tail] = JSON.stringify({
    id: 1,
    op: 'messages.send',
    input: message('room', 'half|half'),
  }).split('|') as [string, string];
  raw.frame(new Uint8Array([...Buffer.from(head), 0xc3, 0x28, ...Buffer.from(tail)]));
  await within(raw.closed, 'the socket');
  expect(textFrames(raw.received).some((f) => f.startsWith('{"id":1,"output"'))).toBe(false);
});

describe('operations', () => {
  test.each(names)(
    '%s takes valid and mutated inputs without a failure of its own',
    async (op) => {
      const valid = inputsOf(OPERATIONS[op].input);
      const input = fc.oneof(valid, mutated(valid), hostile);
      if (OPERATIONS[op].over === 'any') {
        const runs = Math.max(5, Math.floor(RUNS / (APART.has(op) ? 12 : 2)));
        await fc.assert(
          fc.asyncProperty(input, async (value) => void (await post(op, JSON.stringify(value) ?? ''))),
          { ...options, numRuns: runs },
        );
        ({ accessToken: token } = await node.signIn('alice'));
      } else {
        await fc.assert(
          fc.asyncProperty(fc.array(input, { minLength: 1, maxLength: 8 }), async (values) => {
            const raw = await signedIn();
            for (const [i, value] of values.entries())
              raw.frame(JSON.stringify({ id: i + 1, op, input: value }));
            await settles(raw, { op, values });
          }),
          { ...options, numRuns: Math.max(5, Math.floor(RUNS / 6)) },
        );
      }
      await healthy();
    },
    TIMEOUT,
  );
});

describe('HTTP', () => {
  test(
    'any body is answered in words',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(frameText, fc.uint8Array({ maxLength: 300 })),
          fc.constantFrom(
            'conversations.get',
            'messages.send',
            'nonsense',
            '__proto__',
            '%00',
            '%E0%A4%A',
            'a/b',
          ),
          async (body, op) => {
            await post(op, body as never);
          },
        ),
        options,
      );
      expect(await post('users.me', '{}'.padEnd(70_000))).toBe(413);
      expect(await post('users.me', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBe(400);
      const [head, tail] = JSON.stringify(message('room', 'half|half')).split('|') as [string, string];
      expect(
        await post('messages.send', new Uint8Array([...Buffer.from(head), 0xc3, 0x28, ...Buffer.from(tail)])),
      ).toBe(400);
      await healthy();
    },
    TIMEOUT,
  );

  const request = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;
  const host = 'Host: localhost';

  test.each<[string, string, RegExp]>([
    ['wrong method', request('GET /v1/users.me HTTP/1.1', host), /^HTTP\/1\.1 404 .*"not_found"/s],
    ['unknown method', request('BREW /v1/users.me HTTP/1.1', host), /^HTTP\/1\.1 4|^$/],
    [
      'chunked over the limit',
      `${request('POST /v1/users.me HTTP/1.1', host, 'Transfer-Encoding: chunked')}11170\r\n${'x'.repeat(0x11170)}\r\n0\r\n\r\n`,
      /^HTTP\/1\.1 (413|401) /,
    ],
    [
      'chunked',
      `${request('POST /v1/users.me HTTP/1.1', host, 'Transfer-Encoding: chunked')}2\r\n{}\r\n0\r\n\r\n`,
      /"unauthenticated"/,
    ],
    [
      'chunks that are none',
      `${request('POST /v1/users.me HTTP/1.1', host, 'Transfer-Encoding: chunked')}zz\r\n{}\r\n`,
      /^HTTP\/1\.1 4|^$/,
    ],
    [
      'a length that is no number',
      request('POST /v1/users.me HTTP/1.1', host, 'Content-Length: -5'),
      /^HTTP\/1\.1 4|^$/,
    ],
    [
      'two lengths',
      `${request('POST /v1/users.me HTTP/1.1', host, 'Content-Length: 2', 'Transfer-Encoding: chunked')}{}`,
      /^HTTP\/1\.1 4|^$/,
    ],
    [
      'a huge length',
      request('POST /v1/users.me HTTP/1.1', host, 'Content-Length: 99999999999'),
      /^HTTP\/1\.1 413 /,
    ],
    [
      'a host that is none',
      request('POST /v1/users.me HTTP/1.1', 'Host: [::bad', 'Content-Length: 0'),
      /^HTTP\/1\.1 400 .*"invalid_input"/s,
    ],
    ['no host', request('POST /v1/users.me HTTP/1.1', 'Content-Length: 0'), /^HTTP\/1\.1 4|^$/],
    ['no HTTP', '\x16\x03\x01\x00\xff\x00\x00', /^HTTP\/1\.1 4|^$/],
    [
      'an odd authorization',
      request('POST /v1/users.me HTTP/1.1', host, 'Authorization: Bearer \x80\xff', 'Content-Length: 0'),
      /"unauthenticated"|^HTTP\/1\.1 400/,
    ],
    ['no handshake', request('GET /v1/socket HTTP/1.1', host), /^HTTP\/1\.1 426 .*"invalid_input"/s],
    [
      'half a handshake',
      request('GET /v1/socket HTTP/1.1', host, 'Upgrade: websocket', 'Connection: Upgrade'),
      /^HTTP\/1\.1 4/,
    ],
  ])('%s', async (name, bytes, expected) => {
    const raw = await RawSocket.connect(node.url);
    raw.write(Buffer.from(bytes, 'latin1'));
    await within(
      Promise.race([
        raw.until(
          (all) =>
            /\r\n\r\n.*[}\n]$/s.test(all.toString('latin1')) ||
            (all.includes('\r\n\r\n') && all.includes('ontent-Length: 0')),
        ),
        raw.closed,
      ]),
      name,
    );
    const answer = raw.received.toString('latin1');
    expect(answer).toMatch(expected);
    expect(answer).not.toMatch(/\bat .*\.ts:|internal/);
    raw.destroy();
    await healthy();
  });
});
