import { afterAll, beforeAll, expect, test } from 'bun:test';
import { LIMITS, type Output } from '@inlay-im/protocol';
import { readyFile } from '../../testing/files.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message } from '../../testing/scene.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.stop());

async function scene(id: string, members: string[]) {
  await node.as(`${id}.o`, 'conversations.create', { id, kind: 'group', members });
  const { n, rev } = await node.as(`${id}.o`, 'messages.send', message(id, 'react to this'));
  return { at: { conversation: id, n }, rev };
}

test('counts add up, everyone is told once with dense revisions, repeating changes nothing', async () => {
  const { at, rev } = await scene('sum', ['sum.a', 'sum.b']);
  const witness = await node.peer('sum.b');
  await node.as('sum.a', 'reactions.add', { ...at, emoji: '👍' });
  await node.as('sum.o', 'reactions.add', { ...at, emoji: '🎉' });
  await node.as('sum.o', 'reactions.add', { ...at, emoji: '👍' });
  await node.as('sum.o', 'reactions.add', { ...at, emoji: '👍' });
  const { reactions } = await node.as('sum.a', 'reactions.remove', { ...at, emoji: '👍' });
  await node.as('sum.a', 'reactions.remove', { ...at, emoji: '👍' });
  expect(reactions).toEqual([
    { emoji: '👍', count: 1 },
    { emoji: '🎉', count: 1 },
  ]);
  await witness.event('reaction.changed', (e) => e.rev === rev + 4);
  await witness.call('session.ping', {});
  const told = witness.of('reaction.changed');
  expect(told.map((e) => [e.rev - rev, e.user, e.emoji, e.on])).toEqual([
    [1, 'sum.a', '👍', true],
    [2, 'sum.o', '🎉', true],
    [3, 'sum.o', '👍', true],
    [4, 'sum.a', '👍', false],
  ]);
  const { message: read, mine } = await node.as('sum.o', 'messages.get', at);
  expect(read.reactions).toEqual(reactions);
  expect(mine.emojis.sort()).toEqual(['🎉', '👍'].sort());
});

/** Makes emoji of the app that all look the same. */
async function publish(names: readonly string[]): Promise<void> {
  await node.as('artist', 'users.me', {});
  const file = await readyFile(node.db, { owner: 'artist' });
  await node.db
    .insertInto('emoji')
    .values(names.map((name) => ({ app: 1, name, file })))
    .execute();
}

test('an emoji that the app has not is refused; one that it had may be taken back, not joined', async () => {
  const { at } = await scene('own', ['own.a', 'own.b']);
  const add = (who: string, emoji: string) => codeOf(node.as(who, 'reactions.add', { ...at, emoji }));
  expect(await add('own.a', ':party:')).toBe('invalid_input');
  await publish(['party']);
  expect(await add('own.a', ':party:')).toBe('ok');
  await node.db.deleteFrom('emoji').where('name', '=', 'party').execute();
  expect(await add('own.b', ':party:')).toBe('invalid_input');
  const { reactions } = await node.as('own.a', 'reactions.remove', { ...at, emoji: ':party:' });
  expect(reactions).toEqual([]);
});

test('many at once are all counted, and the list pages through all of them without loss', async () => {
  const people = Array.from({ length: 20 }, (_, i) => `many.${i}`);
  const { at } = await scene('many', people);
  await Promise.all(people.map((p) => node.as(p, 'reactions.add', { ...at, emoji: '🚀' })));
  await publish(['custom_1']);
  await node.as('many.3', 'reactions.add', { ...at, emoji: ':custom_1:' });
  const { message: read } = await node.as('many.o', 'messages.get', at);
  expect(read.reactions).toEqual([
    { emoji: '🚀', count: 20 },
    { emoji: ':custom_1:', count: 1 },
  ]);
  const walk = async (emoji?: string) => {
    const found: string[] = [];
    let next: string | null = null;
    do {
      const page: Output<'reactions.list'> = await node.as('many.o', 'reactions.list', {
        ...{ ...at, limit: 6 },
        ...(emoji === undefined ? {} : { emoji }),
        ...(next === null ? {} : { next }),
      });
      found.push(...page.reactions.map((r) => `${r.user} ${r.emoji}`));
      next = page.next;
    } while (next !== null);
    return found;
  };
  expect((await walk()).sort()).toEqual([...people.map((p) => `${p} 🚀`), 'many.3 :custom_1:'].sort());
  expect(await walk(':custom_1:')).toEqual(['many.3 :custom_1:']);
  expect(await codeOf(node.as('many.o', 'reactions.list', { ...at, next: 'x' }))).toBe('invalid_input');
});

test('bounds a person and a message; what is no emoji, no message or no longer there is refused', async () => {
  const { at } = await scene('bounds', ['bounds.a', 'bounds.b', 'bounds.c', 'bounds.d']);
  const add = (who: string, emoji: string) => codeOf(node.as(who, 'reactions.add', { ...at, emoji }));
  const people = ['bounds.a', 'bounds.b', 'bounds.c'];
  await publish(['new', ...Array.from({ length: LIMITS.reactionsPerMessage }, (_, i) => `e${i}`)]);
  for (let i = 0; i < LIMITS.reactionsPerMessage; i++) {
    expect(await add(people[Math.floor(i / LIMITS.reactionsPerUser)] as string, `:e${i}:`)).toBe('ok');
  }
  expect(await add('bounds.a', ':e29:')).toBe('limit_reached');
  expect(await add('bounds.d', ':new:')).toBe('limit_reached');
  expect(await add('bounds.d', ':e0:')).toBe('ok');
  expect(await add('bounds.d', 'no emoji')).toBe('invalid_input');
  expect(await add('bounds.out', ':e0:')).toBe('not_found');
  expect(await codeOf(node.as('bounds.d', 'reactions.add', { ...at, n: 99, emoji: '👍' }))).toBe('not_found');
  expect(await codeOf(node.as('bounds.d', 'reactions.add', { ...at, n: 1, emoji: '👍' }))).toBe('forbidden');
  await node.as('bounds.o', 'members.remove', { conversation: 'bounds', users: ['bounds.d'] });
  expect(await codeOf(node.as('bounds.d', 'reactions.remove', { ...at, emoji: ':e0:' }))).toBe('not_found');
});
