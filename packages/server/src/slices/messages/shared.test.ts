import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { FileKind, Input } from '@inlay-im/protocol';
import { sql } from 'kysely';
import { media, readyFile } from '../../testing/files.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message, seeded } from '../../testing/scene.ts';
import { source } from './shared.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

type Kind = Input<'messages.shared'>['kind'];

async function send(
  conversation: string,
  owner: string,
  kinds: readonly FileKind[],
  words: string | null = null,
) {
  const files = await Promise.all(kinds.map((kind) => readyFile(node.db, { owner, kind })));
  const input = { conversation, id: Bun.randomUUIDv7(), body: media(files, words) };
  return (await node.as(owner, 'messages.send', input)).n;
}

/** All pages of a kind, in the order in which they are read, the newest first. */
async function walk(who: string, conversation: string, kind: Kind, limit: number): Promise<number[][]> {
  const pages: number[][] = [];
  for (let before: number | undefined; ; ) {
    const from = before === undefined ? {} : { before };
    const page = await node.as(who, 'messages.shared', { conversation, kind, limit, ...from });
    pages.push(page.messages.map(({ n }) => n));
    if (!page.hasBefore) return pages;
    before = page.messages[0]?.n;
  }
}

const all = async (who: string, conversation: string, kind: Kind) =>
  (await walk(who, conversation, kind, 3)).toReversed().flat();

test('each kind has its messages, one with several files once, paged by number without loss', async () => {
  const [owner, id] = ['sh.o', 'shared'];
  await node.as(owner, 'conversations.create', { id, kind: 'group', members: ['sh.m'] });
  const expected: Record<Kind, number[]> = { media: [], voice: [], file: [], link: [] };
  const random = seeded(7);
  const shapes: FileKind[][] = [
    ['image'],
    ['video'],
    ['image', 'video', 'image'],
    ['voice'],
    ['file'],
    ['image', 'file'],
    [],
  ];
  for (let i = 0; i < 60; i++) {
    const kinds = shapes[Math.floor(random() * shapes.length)] as FileKind[];
    const link = random() < 0.3;
    const words = link ? `see http${i % 2 ? 's' : ''}://example.com/${i}` : `words ${i}`;
    const n =
      kinds.length === 0
        ? (await node.as(owner, 'messages.send', message(id, words))).n
        : await send(id, owner, kinds, words);
    if (link) expected.link.push(n);
    if (kinds.includes('image') || kinds.includes('video')) expected.media.push(n);
    for (const kind of ['voice', 'file'] as const) if (kinds.includes(kind)) expected[kind].push(n);
  }
  for (const kind of Object.keys(expected) as Kind[]) {
    expect(expected[kind].length).toBeGreaterThan(4);
    for (const limit of [1, 3, 200]) {
      const pages = await walk('sh.m', id, kind, limit);
      expect(pages.toReversed().flat()).toEqual(expected[kind]);
      expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
    }
  }
  const [page, listed] = [
    await node.as('sh.m', 'messages.shared', { conversation: id, kind: 'media', limit: 1 }),
    await node.as('sh.m', 'messages.get', { conversation: id, n: expected.media.at(-1) as number }),
  ];
  expect(page.messages).toEqual([listed.message]);
});

test('[L8] [L9] what was recalled, cleared, deleted for me, said before I came or after I left is on no page', async () => {
  const [owner, conversation] = ['hid.o', 'hidden'];
  await node.as(owner, 'conversations.create', {
    id: conversation,
    kind: 'group',
    history: 'joined',
    members: ['hid.a', 'hid.b', 'hid.c'],
  });
  const words = 'https://example.com';
  const first = await send(conversation, owner, ['image'], words);
  const second = await send(conversation, owner, ['image'], words);
  await node.as(owner, 'messages.recall', {
    conversation,
    n: await send(conversation, owner, ['image'], words),
  });
  await node.as('hid.a', 'messages.delete', { conversation, numbers: [second] });
  await node.as('hid.b', 'conversations.clear', { conversation, upTo: first });
  await node.as('hid.c', 'members.leave', { conversation });
  await node.as(owner, 'members.add', { conversation, users: ['hid.late'] });
  const third = await send(conversation, owner, ['image'], words);
  for (const kind of ['media', 'link'] as const) {
    expect(await all(owner, conversation, kind)).toEqual([first, second, third]);
    expect(await all('hid.a', conversation, kind)).toEqual([first, third]);
    expect(await all('hid.b', conversation, kind)).toEqual([second, third]);
    expect(await all('hid.late', conversation, kind)).toEqual([third]);
    for (const who of ['hid.c', 'hid.never']) {
      expect(await codeOf(node.as(who, 'messages.shared', { conversation, kind }))).toBe('not_found');
    }
  }
});

test('an edit that adds or takes a link moves the message on or off the page of links', async () => {
  const [owner, conversation] = ['ln.o', 'direct:ln.o,ln.p'];
  const { n } = await node.as(owner, 'messages.send', message(conversation, 'plain'));
  expect(await all(owner, conversation, 'link')).toEqual([]);
  await node.as(owner, 'messages.edit', {
    conversation,
    n,
    body: { kind: 'text', text: 'http://example.com' },
  });
  expect(await all(owner, conversation, 'link')).toEqual([n]);
  await node.as(owner, 'messages.edit', { conversation, n, body: { kind: 'text', text: 'plain again' } });
  expect(await all(owner, conversation, 'link')).toEqual([]);
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  Plans?: Plan[];
}

const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

test.each(['media', 'voice', 'link'] as const)(
  'a page of %s is read from an index, however much else the conversation holds',
  async (kind) => {
    const [owner, id] = [`big.${kind}`, `big-${kind}`];
    await node.as(owner, 'conversations.create', { id, kind: 'group' });
    const { pk } = await node.db
      .selectFrom('conversations')
      .select('pk')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    // Of 50,000 messages every 50th has something, and none of the newest 5,000 has.
    await sql`insert into messages (conversation, n, rev, id, sender, at, body)
      select ${pk}, n, n, gen_random_uuid(), ${owner}, now(), json_build_object('kind', 'text', 'text',
        case when n % 50 = 0 and n <= 45000 then 'https://example.com' else 'words' end)
      from generate_series(2, 50000) n`.execute(node.db);
    await sql`insert into message_files (conversation, n, i, app, file, kind)
      select ${pk}, n, i, 1, gen_random_uuid(), case when ${kind} = 'voice' then 'voice' when i = 0 then 'image' else 'video' end
      from generate_series(50, 45000, 50) n, generate_series(0, 1) i`.execute(node.db);
    await sql`analyze messages, message_files`.execute(node.db);
    const extent = { key: pk, floor: 0, still: sql<boolean>`true` };
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`explain (analyze, format json)
      select n from ${source(kind, extent, 40_000)} order by n desc limit 51`.execute(node.db);
    const plan = flat((rows[0] as (typeof rows)[0])['QUERY PLAN'][0].Plan);
    const indexes = plan.map((p) => p['Index Name']).filter((name) => name !== undefined);
    expect(indexes).toContain(kind === 'link' ? 'messages_with_links' : 'message_files_by_kind');
    const read = plan.filter((p) => p['Relation Name'] !== undefined);
    expect(Math.max(...read.map((p) => p['Actual Rows'] * p['Actual Loops']))).toBeLessThan(200);
  },
);
