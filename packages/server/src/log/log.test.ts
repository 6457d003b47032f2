import { afterAll, beforeAll, expect, test } from 'bun:test';
import { randomBytes } from 'node:crypto';
import { createLocalHub } from '../adapters/bus-local/index.ts';
import { startTestNode, type TestNode } from '../testing/node.ts';
import { message } from '../testing/scene.ts';
import { Directory } from './directory.ts';

let node: TestNode;
let key: string;
beforeAll(async () => {
  node = await startTestNode();
  await node.as('o', 'conversations.create', { id: 'g', kind: 'group', members: ['m'] });
  key = (
    await node.db.selectFrom('conversations').select('pk').where('id', '=', 'g').executeTakeFirstOrThrow()
  ).pk;
});
afterAll(() => node.stop());

test('a change that throws is rolled back and tells nothing', async () => {
  const peer = await node.peer('m');
  const { rev } = (await peer.call('conversations.get', { conversation: 'g' })).conversation;
  let told = false;
  const change = node.log.change(key, async (tx) => {
    tx.nextRev();
    await tx.addSystemMessage({
      kind: 'system',
      event: 'created',
      actor: null,
      users: [],
      count: 0,
      title: null,
      role: null,
    });
    tx.after(() => (told = true));
    throw new Error('thought better of it');
  });
  await expect(change).rejects.toThrow('better');
  expect(told).toBe(false);
  expect((await peer.call('conversations.get', { conversation: 'g' })).conversation.rev).toBe(rev);
  expect((await node.as('o', 'messages.send', message('g', 'next'))).rev).toBe(rev + 1);
});

test('[L3] changes and sends at once share one dense row of revisions', async () => {
  const owner = await node.peer('o');
  const before = (await owner.call('conversations.get', { conversation: 'g' })).conversation;
  const revs = await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      if (i % 3 === 0) return await node.log.change(key, async (tx) => tx.nextRev());
      return (await owner.call('messages.send', message('g', `${i}`))).rev;
    }),
  );
  expect(revs.sort((x, y) => x - y)).toEqual(Array.from({ length: 60 }, (_, i) => before.rev + 1 + i));
});

test('the directory does not keep what it began to load before it was told to forget', async () => {
  const directory = new Directory(node.db);
  for (let round = 0; round < 20; round++) {
    const loading = directory.find(1, 'g');
    directory.forget(key);
    expect((await loading)?.id).toBe('g');
    expect(directory.peek(1, 'g')).toBeUndefined();
    const role = directory.role(key, 'm');
    directory.forget(key, 'm');
    expect(await role).toBe('member');
    expect(directory.peekRole(key, 'm')).toBeUndefined();
  }
  await directory.find(1, 'g');
  expect(directory.peek(1, 'g')?.id).toBe('g');
  directory.forget(key);
  expect(directory.peek(1, 'g')).toBeUndefined();
  expect(await directory.find(2, 'g')).toBeNull();
});

test('two nodes forget together', async () => {
  const hub = createLocalHub();
  const a = await startTestNode({ bus: hub.join() });
  const second = await startTestNode({ bus: hub.join(), database: a.database });
  const id = randomBytes(4).toString('hex');
  await a.as('o', 'conversations.create', { id, kind: 'group', members: ['m'] });
  await second.as('m', 'messages.send', message(id, 'as a member'));
  await a.as('o', 'conversations.update', { conversation: id, posting: 'admins' });
  await expect(second.as('m', 'messages.send', message(id, 'no more'))).rejects.toThrow('forbidden');
  await second.stop();
  await a.stop();
});
