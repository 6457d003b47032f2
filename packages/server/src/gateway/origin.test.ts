import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { createLogger } from '../core/log.ts';
import { startTestNode, type TestNode } from '../testing/node.ts';
import { createOriginCheck } from './origin.ts';

const SHOP = 'https://shop.example';
const EVIL = 'https://evil.example';
/** Where people reach the node, whose proxy names another host to it. */
const PUBLIC = 'https://chat.example';

const lines: string[] = [];
let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({
    env: { INLAY_ALLOWED_ORIGINS: SHOP, INLAY_PUBLIC_URL: PUBLIC, INLAY_LOG: 'warn' },
    write: (line) => lines.push(line),
  });
});
afterAll(() => node.stop());

/** What a browser asks before a page of that origin calls with a token. */
const preflight = (origin: string) =>
  fetch(`${node.url}/v1/users.me`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });

const call = (origin: string, op: string, headers: Record<string, string> = {}) =>
  fetch(`${node.url}/v1/${op}`, { method: 'POST', body: '{}', headers: { origin, ...headers } });

/** The handshake as a browser makes it for a page of that origin. */
const handshake = (origin: string) =>
  fetch(`${node.url}/v1/socket`, {
    headers: {
      ...{ origin, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    },
  });

async function reasonOf(response: Response): Promise<unknown> {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return [response.status, error.code, error.message];
}

const refused = (origin: string): unknown => [
  403,
  'forbidden',
  `Pages of "${origin}" may not use this node; see INLAY_ALLOWED_ORIGINS.`,
];

describe('a page of an allowed origin', () => {
  test('may ask for calls with a token', async () => {
    const { status, headers } = await preflight(SHOP);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(headers.get('access-control-allow-methods')).toBe('POST');
    expect(headers.get('access-control-allow-headers')?.split(',')).toEqual(
      expect.arrayContaining(['authorization', 'content-type']),
    );
  });

  test('reads answers, mistakes among them, which no cache gives to another origin', async () => {
    const { accessToken } = await node.signIn('visitor');
    const answer = await call(SHOP, 'users.me', { authorization: `Bearer ${accessToken}` });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, SHOP]);
    expect(answer.headers.get('vary')).toContain('Origin');
    const mistake = await call(SHOP, 'users.me');
    expect([mistake.status, mistake.headers.get('access-control-allow-origin')]).toEqual([401, SHOP]);
  });

  test('signs in over a socket', async () => {
    const { accessToken: token } = await node.signIn('visitor');
    // The types of browsers do not know that Bun can say where a socket comes from.
    const options = { headers: { origin: SHOP } } as unknown as string[];
    const ws = new WebSocket(`${node.url.replace('http', 'ws')}/v1/socket`, options);
    const reply = await new Promise<string>((resolve, reject) => {
      ws.onopen = () => ws.send(JSON.stringify({ id: 1, op: 'session.open', input: { token, version: 1 } }));
      ws.onmessage = ({ data }) => resolve(String(data));
      ws.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
    });
    ws.close();
    expect(JSON.parse(reply)).toMatchObject({ id: 1, output: { me: { id: 'visitor' } } });
  });
});

describe('a page of another origin', () => {
  test('is refused in words, before a call does anything', async () => {
    const ask = await preflight(EVIL);
    expect(ask.headers.get('access-control-allow-origin')).toBeNull();
    expect(await reasonOf(ask)).toEqual(refused(EVIL));
    const guest = await call(EVIL, 'auth.signInAsGuest', { 'content-type': 'text/plain' });
    expect(guest.headers.get('access-control-allow-origin')).toBeNull();
    expect(await reasonOf(guest)).toEqual(refused(EVIL));
    const guests = await node.db.selectFrom('users').select('id').where('kind', '=', 'guest').execute();
    expect(guests).toEqual([]);
    expect((await call(SHOP, 'auth.signInAsGuest', { 'content-type': 'text/plain' })).status).toBe(200);
  });

  test('gets no socket', async () => {
    expect(await reasonOf(await handshake(EVIL))).toEqual(refused(EVIL));
    expect(await reasonOf(await handshake('null'))).toEqual(refused('null'));
  });

  test("its browser shows no reason, so the node's log does, once", async () => {
    const other = 'https://staging.example';
    await preflight(other);
    await handshake(other);
    const about = lines.filter((line) => line.includes(other));
    expect(about).toHaveLength(1);
    expect(about[0]).toContain('INLAY_ALLOWED_ORIGINS');
  });
});

describe('the own pages of a node', () => {
  test('are those of the host that it was reached as, and of its public address', async () => {
    expect((await preflight(node.url)).status).toBe(204);
    expect((await preflight(PUBLIC)).status).toBe(204);
  });
});

test('the log is not filled by those who make up origins', () => {
  let told = 0;
  const logger = createLogger({ level: 'warn', format: 'text', write: () => (told += 1), now: () => 0 });
  const isAllowed = createOriginCheck({ allowed: [], logger });
  for (let i = 0; i < 1000; i++) expect(isAllowed(`https://${i}.example`, 'chat.example')).toBe(false);
  expect(told).toBe(100);
});

test('* allows all', () => {
  const logger = createLogger({ level: 'silent', format: 'text', write: () => undefined, now: () => 0 });
  expect(createOriginCheck({ allowed: ['*'], logger })(EVIL, 'chat.example')).toBe(true);
});
