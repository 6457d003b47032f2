import { afterAll, beforeAll, expect, test } from 'bun:test';
import { startTestNode, type TestNode } from '../testing/node.ts';
import { seedDemo } from './demo.ts';
import { DEMO_CONVERSATIONS, DEMO_PEOPLE } from './demo-scene.ts';

let node: TestNode;
let secret: string;
beforeAll(async () => {
  node = await startTestNode();
  const app = await node.db
    .selectFrom('apps')
    .select('secret')
    .where('id', '=', 'default')
    .executeTakeFirstOrThrow();
  secret = app.secret;
});
afterAll(() => node.stop());

/** Everything that each of the people has, as they see it. */
async function seen() {
  const all: Record<string, unknown> = {};
  for (const person of Object.keys(DEMO_PEOPLE)) {
    const { conversations } = await node.as(person, 'conversations.list', {});
    all[person] = await Promise.all(
      conversations.map(async ({ id, rev, lastN, title, peer, memberCount }) => {
        const { messages } = await node.as(person, 'messages.list', { conversation: id });
        return { id, rev, lastN, title, peer: peer?.name, memberCount, messages };
      }),
    );
  }
  return all;
}

test('the demo is there for everyone, and a second time changes nothing', async () => {
  await seedDemo({ url: node.url, secret, now: Date.now() });
  const first = await seen();
  const ann = first.ann as {
    id: string;
    messages: { body: { kind: string; text?: string; items?: object[] } }[];
  }[];
  expect(ann.map((c) => c.id).sort()).toEqual(
    DEMO_CONVERSATIONS.filter((c) => c.people.includes('ann'))
      .map((c) => c.id)
      .sort(),
  );
  const studio = ann.find((c) => c.id === 'demo-studio')?.messages.filter((m) => m.body.kind !== 'system');
  expect(studio?.map((m) => m.body.text)).toEqual(
    DEMO_CONVERSATIONS.find((c) => c.id === 'demo-studio')?.says.map(([, text]) => text) ?? [],
  );
  expect(studio?.flatMap((m) => m.body.items ?? [])).toMatchObject([
    { kind: 'file', name: 'Prices 价格 2026.pdf', type: 'application/pdf' },
    { kind: 'image', name: 'harbour.jpg', width: 1000, height: 600 },
    { kind: 'image', name: 'brick.jpg' },
    { kind: 'image', name: 'olive.jpg' },
  ]);
  await seedDemo({ url: node.url, secret, now: Date.now() });
  expect(await seen()).toEqual(first);
});

test('each link signs in as its person, and the seeding leaves no device behind', async () => {
  const people = await seedDemo({ url: node.url, secret, now: Date.now() });
  expect(people.map((p) => p.name)).toEqual(Object.values(DEMO_PEOPLE));
  for (const [i, id] of Object.keys(DEMO_PEOPLE).entries()) {
    const link = new URL(people[i]?.link ?? '');
    const token = new URLSearchParams(link.hash.slice(1)).get('token') ?? '';
    const signedIn = await node.http('auth.signInWithToken', { token, device: 'a window' });
    expect(signedIn.user).toMatchObject({ id, name: DEMO_PEOPLE[id] as string });
    const headers = { authorization: `Bearer ${signedIn.accessToken}` };
    const { devices } = await node.http('devices.list', {}, headers);
    expect(devices.map((d) => d.name)).not.toContain('inlay start --demo');
  }
});
