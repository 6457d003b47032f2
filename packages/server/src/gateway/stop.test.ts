import { expect, test } from 'bun:test';
import { CLOSE } from '@inlay-im/protocol';
import { startTestNode } from '../testing/node.ts';
import { codeOf, message } from '../testing/scene.ts';

test('[L1][L4] a stop tells all sessions, finishes what was taken, and loses nothing that was acknowledged', async () => {
  const node = await startTestNode();
  const [sender, reader] = [await node.peer('s'), await node.peer('r')];
  await sender.call('conversations.direct', { user: 'r' });
  const all = Array.from({ length: 60 }, (_, i) => message('direct:r,s', `${i}`));
  const sending = all.map((m) =>
    sender.call('messages.send', m).then(
      (ack) => ack.n,
      () => null,
    ),
  );
  await reader.event('message.new');
  const stopping = node.stop();
  await reader.event('session.stopping');
  const late = codeOf(reader.call('messages.send', message('direct:r,s', 'late'))).catch(() => 'closed');
  const acks = await Promise.all(sending);
  await stopping;
  expect((await reader.closed).code).toBe(CLOSE.stopping);
  expect(['stopping', 'closed']).toContain(await late);
  const next = await startTestNode({ database: node.database });
  const { messages } = await next.as('s', 'messages.list', { conversation: 'direct:r,s', limit: 200 });
  const byId = new Map(messages.map((m) => [m.id, m.n]));
  acks.forEach((n, i) => {
    if (n !== null) expect(byId.get((all[i] as (typeof all)[0]).id)).toBe(n);
  });
  for (const m of all) await next.as('s', 'messages.send', m);
  const after = await next.as('s', 'messages.list', { conversation: 'direct:r,s', limit: 200 });
  expect(after.messages.map((m) => m.n)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  await next.stop();
});
