import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Output, Request } from '@inlay-im/protocol';
import { sql } from 'kysely';
import { openDatabase } from '../../db/database.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message } from '../../testing/scene.ts';
import { settled } from '../../testing/settled.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

type Page = Output<'sync.page'>['sync'];

/** A whole sync: everything of all pages, and the cursor that is kept. */
async function syncAll(user: string, cursor?: string, limit = 50) {
  const pages: Page[] = [];
  let next: string | null = null;
  do {
    const input: Request<'sync.page'> =
      next === null ? { limit, ...(cursor === undefined ? {} : { cursor }) } : { limit, next };
    const { sync }: Output<'sync.page'> = await node.as(user, 'sync.page', input);
    pages.push(sync);
    next = sync.next;
  } while (next !== null);
  return {
    cursor: (pages[0] as Page).cursor,
    conversations: pages.flatMap((p) => p.conversations),
    left: pages.flatMap((p) => p.left),
    deleted: pages.flatMap((p) => p.deleted),
    pages: pages.length,
  };
}

const ids = (s: { conversations: { id: string }[] }) => s.conversations.map((c) => c.id);

test('[L7] a first sync brings all conversations newest first, in pages, without loss or repetition, as a fresh look shows them', async () => {
  for (let i = 0; i < 23; i++)
    await node.as('syncer', 'conversations.create', { id: `s${i}`, kind: 'group' });
  await node.as('syncer', 'messages.send', message('s4', 'latest'));
  await settled(node.db);
  const all = await syncAll('syncer', undefined, 5);
  expect(all.pages).toBe(5);
  expect(ids(all)).toEqual([
    's4',
    ...Array.from({ length: 23 }, (_, i) => `s${22 - i}`).filter((id) => id !== 's4'),
  ]);
  for (const c of all.conversations.slice(0, 3)) {
    expect((await node.as('syncer', 'conversations.get', { conversation: c.id })).conversation).toEqual(c);
  }
  expect(ids(await syncAll('syncer', all.cursor))).toEqual([]);
});

test('from a cursor come all that changed, what was left, and what was deleted, also in a session.open', async () => {
  for (const id of ['c.sent', 'c.mine', 'c.left', 'c.still', 'c.deleted', 'c.marks']) {
    await node.as('c.host', 'conversations.create', { id, kind: 'group', members: ['cursor'] });
  }
  await settled(node.db);
  const before = await syncAll('cursor');
  expect(before.conversations).toHaveLength(6);
  await node.as('c.host', 'messages.send', message('c.sent', 'new'));
  await node.as('cursor', 'members.updateSelf', { conversation: 'c.mine', draft: 'half' });
  await node.as('cursor', 'members.leave', { conversation: 'c.left' });
  await node.as('cursor', 'messages.delete', { conversation: 'c.deleted', numbers: [1] });
  await node.as('c.host', 'receipts.mark', { conversation: 'c.marks', deliveredN: 1, readN: 1 });
  const after = await syncAll('cursor', before.cursor, 1);
  expect(ids(after)).toContain('c.sent');
  expect(ids(after)).toContain('c.mine');
  expect(ids(after)).not.toContain('c.still');
  expect(after.left).toEqual(['c.left']);
  expect(after.deleted).toEqual([{ conversation: 'c.deleted', numbers: [1] }]);
  const { opened } = await node.peer('cursor', { cursor: before.cursor });
  expect(ids(opened.sync).sort()).toEqual(ids(after).sort());
  expect(opened.sync.left).toEqual(['c.left']);
});

test('[L5] a change that began early and committed late is not missed by a cursor taken meanwhile', async () => {
  await node.as('early', 'conversations.create', { id: 'slow', kind: 'group' });
  await node.as('early', 'conversations.create', { id: 'quick', kind: 'group' });
  const second = openDatabase(node.database, 1);
  const started = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const slow = second.db.transaction().execute(async (trx) => {
    await sql`update conversations set title = 'late', rev = rev + 1, xid = pg_current_xact_id() where id = 'slow'`.execute(
      trx,
    );
    started.resolve();
    await commit.promise;
  });
  await started.promise;
  await node.as('early', 'messages.send', message('quick', 'x'));
  const meanwhile = await syncAll('early');
  expect(meanwhile.conversations.find((c) => c.id === 'slow')?.title).toBeNull();
  commit.resolve();
  await slow;
  await settled(node.db);
  const after = await syncAll('early', meanwhile.cursor);
  expect(after.conversations.find((c) => c.id === 'slow')?.title).toBe('late');
  expect(ids(await syncAll('early', after.cursor))).toEqual([]);
  await second.close();
});

test('[L7] a conversation that becomes active between two pages is not passed over', async () => {
  const ids = ['m1', 'm2', 'm3', 'm4'];
  for (const id of ids) await node.as('mover', 'conversations.create', { id, kind: 'group' });
  await settled(node.db);
  const { sync: first } = await node.as('mover', 'sync.page', { limit: 2 });
  expect(first.conversations.map(({ id }) => id)).toEqual(['m4', 'm3']);
  await node.as('mover', 'messages.send', message('m1', 'up'));
  const { sync: second } = await node.as('mover', 'sync.page', { limit: 2, next: first.next as string });
  expect(second.conversations.map(({ id }) => id)).toEqual(['m2', 'm1']);
  expect(second.next).toBeNull();
});

test('[L5] cursors never go back while people write', async () => {
  const peer = await node.peer('forward');
  let last = 0n;
  for (let round = 0; round < 20; round++) {
    const [{ sync }] = await Promise.all([
      peer.call('sync.page', {}),
      ...Array.from({ length: 5 }, (_, i) =>
        peer.call('messages.send', message('direct:forward,other', `${round} ${i}`)),
      ),
    ]);
    const at = BigInt(sync.cursor.split('.')[1] as string);
    expect(at >= last).toBe(true);
    last = at;
  }
});

test('[L10] a cursor of another epoch, of the future or of no kind forces a resync', async () => {
  const { cursor } = await syncAll('syncer');
  const [epoch, xid] = cursor.split('.') as [string, string];
  const future = `${epoch}.${BigInt(xid) + 1_000_000n}`;
  for (const bad of [`${crypto.randomUUID()}.${xid}`, future, 'rubbish', `${epoch}.99999999999999999999`]) {
    expect(await codeOf(node.as('syncer', 'sync.page', { cursor: bad }))).toBe('resync');
    expect(await codeOf(node.peer('syncer', { cursor: bad }))).toBe('resync');
  }
  expect(await codeOf(node.as('syncer', 'sync.page', { cursor }))).toBe('ok');
});

test('a page token that nobody gave is refused in words', async () => {
  for (const next of ['x', '0 0 0 ', '9999999999999999999 999999999999999 999999999999999999 x', '1 1 1 c']) {
    expect(['ok', 'invalid_input']).toContain(await codeOf(node.as('syncer', 'sync.page', { next })));
  }
});
