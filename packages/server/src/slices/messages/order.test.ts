import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createLocalHub } from '../../adapters/bus-local/index.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message, text } from '../../testing/scene.ts';

let a: TestNode;
let b: TestNode;
beforeAll(async () => {
  const hub = createLocalHub();
  a = await startTestNode({ bus: hub.join() });
  b = await startTestNode({ bus: hub.join(), database: a.database });
});
afterAll(async () => {
  await b.stop();
  await a.stop();
});

test('[L3] fifty senders on two nodes, over sockets and HTTP, get dense and unique numbers, the same for everyone', async () => {
  const people = Array.from({ length: 50 }, (_, i) => `crowd${i}`);
  const id = 'crowd';
  await a.as('crowd0', 'conversations.create', { id, kind: 'group', members: people });
  const reader = await a.peer('crowd1');
  const elsewhere = await b.peer('crowd2');
  const sends = people.map(async (who, i) => {
    const node = i % 2 === 0 ? a : b;
    const some = Array.from({ length: 4 }, (_, k) => message(id, `${who} ${k}`));
    if (i % 5 === 0) return await Promise.all(some.map((m) => node.as(who, 'messages.send', m)));
    const peer = await node.peer(who);
    return await Promise.all(some.map((m) => peer.call('messages.send', m)));
  });
  const acks = (await Promise.all(sends)).flat();
  const numbers = acks.map((ack) => ack.n).sort((x, y) => x - y);
  expect(numbers).toEqual(Array.from({ length: 200 }, (_, i) => i + 2));
  expect(new Set(acks.map((ack) => ack.rev)).size).toBe(200);
  const mine = await reader.call('messages.list', { conversation: id, limit: 200 });
  const theirs = await elsewhere.call('messages.list', { conversation: id, limit: 200 });
  expect(theirs.messages).toEqual(mine.messages);
  expect(mine.messages.map((m) => m.n)).toEqual(numbers);
});

test('[L2] the same message sent at once through both nodes and over HTTP is one message', async () => {
  const [onA, onB] = [await a.peer('twin1'), await b.peer('twin1')];
  await onA.call('conversations.direct', { user: 'twin2' });
  for (let round = 0; round < 20; round++) {
    const m = message('direct:twin1,twin2', `round ${round}`);
    const acks = await Promise.all([
      onA.call('messages.send', m),
      onB.call('messages.send', m),
      a.as('twin1', 'messages.send', m),
      b.as('twin1', 'messages.send', m),
    ]);
    expect(new Set(acks.map((ack) => JSON.stringify(ack))).size).toBe(1);
    expect(acks[0].n).toBe(round + 1);
  }
});

test('[L2] the same id with two bodies at once: one wins, the other is told a conflict', async () => {
  const [onA, onB] = [await a.peer('clash1'), await b.peer('clash1')];
  await onA.call('conversations.direct', { user: 'clash2' });
  for (let round = 0; round < 10; round++) {
    const m = message('direct:clash1,clash2', 'left');
    const ends = await Promise.all([
      codeOf(onA.call('messages.send', m)),
      codeOf(onB.call('messages.send', { ...m, body: text('right') })),
    ]);
    expect(ends.sort()).toEqual(['conflict', 'ok']);
  }
});

test('[L3] messages that one session sends before the direct conversation exists keep their order', async () => {
  for (let round = 0; round < 10; round++) {
    const me = await a.peer(`first${round}`);
    const id = `direct:first${round},later`;
    const acks = await Promise.all(
      Array.from({ length: 8 }, (_, k) => me.call('messages.send', message(id, `${k}`))),
    );
    expect(acks.map((ack) => ack.n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    me.close();
  }
});

test('a sender who is removed while the send waits for the database is refused', async () => {
  await a.as('host', 'conversations.create', { id: 'removal', kind: 'group', members: ['gone'] });
  const gone = await b.peer('gone');
  await gone.call('messages.send', message('removal', 'still in'));
  const { pk } = await a.db
    .selectFrom('conversations')
    .select('pk')
    .where('id', '=', 'removal')
    .executeTakeFirstOrThrow();
  const { promise: waiting, resolve: isWaiting } = Promise.withResolvers<void>();
  const { promise: go, resolve: letGo } = Promise.withResolvers<void>();
  const removing = a.db.transaction().execute(async (trx) => {
    await trx.selectFrom('conversations').select('pk').where('pk', '=', pk).forNoKeyUpdate().execute();
    await trx
      .updateTable('members')
      .set({ left_at: new Date() })
      .where('conversation', '=', pk)
      .where('user_id', '=', 'gone')
      .execute();
    isWaiting();
    await go;
  });
  await waiting;
  const send = codeOf(gone.call('messages.send', message('removal', 'too late')));
  await untilBlocked(a);
  letGo();
  await removing;
  expect(await send).toBe('not_found');
});

/** Until some statement waits for a lock; asks the database, which is the one that knows. */
async function untilBlocked(node: TestNode): Promise<void> {
  for (;;) {
    const rows = await node.db
      .selectFrom('pg_locks' as never)
      .select('granted' as never)
      .where('granted' as never, '=', false as never)
      .execute();
    if (rows.length > 0) return;
  }
}
