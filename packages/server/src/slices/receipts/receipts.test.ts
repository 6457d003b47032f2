import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { LIMITS, type Output } from '@inlay-im/protocol';
import fc from 'fast-check';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf, message, seeded } from '../../testing/scene.ts';
import { raise, type Top } from './marks.ts';

describe('raise', () => {
  test('[L6] in any order, with any repetition, the top of all but each one equals the maximum by brute force', () => {
    const people = ['a', 'b', 'c', 'd'];
    const step = fc.tuple(fc.constantFrom(...people), fc.nat(12));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const marks = new Map<string, number>();
        let top: Top = { n: 0, by: null, n2: 0 };
        for (const [user, n] of steps) {
          const mark = Math.max(n, marks.get(user) ?? 0);
          marks.set(user, mark);
          top = raise(top, user, mark);
          for (const me of people) {
            const others = Math.max(0, ...[...marks].filter(([who]) => who !== me).map(([, m]) => m));
            expect(top.by === me ? top.n2 : top.n).toBe(others);
          }
        }
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});

describe('on a node', () => {
  let node: TestNode;
  beforeAll(async () => {
    node = await startTestNode();
  });
  afterAll(() => node.stop());

  async function group(id: string, size: number, sends: number): Promise<string[]> {
    const members = Array.from({ length: size }, (_, i) => `${id}.${i}`);
    await node.as(`${id}.owner`, 'conversations.create', { id, kind: 'group', members });
    const owner = await node.peer(`${id}.owner`);
    await Promise.all(
      Array.from({ length: sends }, (_, i) => owner.call('messages.send', message(id, `${i}`))),
    );
    return members;
  }

  test('[L6] marks only grow under random concurrent marks, and what was told equals what is stored', async () => {
    const members = await group('grow', 5, 30);
    const random = seeded(66);
    const peers = await Promise.all(members.map((m) => node.peer(m)));
    const witness = await node.peer('grow.owner');
    const highest = new Map<string, { readN: number; deliveredN: number }>();
    for (let round = 0; round < 6; round++)
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          const i = Math.floor(random() * peers.length);
          const mark = { readN: Math.floor(random() * 34), deliveredN: Math.floor(random() * 34) };
          const { self } = await (peers[i] as (typeof peers)[0]).call('receipts.mark', {
            conversation: 'grow',
            ...mark,
          });
          const before = highest.get(members[i] as string) ?? { readN: 0, deliveredN: 0 };
          expect(self.deliveredN).toBeGreaterThanOrEqual(self.readN);
          expect(self.readN).toBeLessThanOrEqual(31);
          expect(self.readN).toBeGreaterThanOrEqual(Math.min(31, mark.readN));
          expect(self.readN).toBeGreaterThanOrEqual(before.readN);
          highest.set(members[i] as string, { readN: self.readN, deliveredN: self.deliveredN });
        }),
      );
    await witness.call('session.ping', {});
    const stored = (await witness.call('receipts.list', { conversation: 'grow' })).receipts;
    const told = new Map(
      witness
        .of('receipt.changed')
        .map((e) => [e.user, { user: e.user, readN: e.readN, deliveredN: e.deliveredN }]),
    );
    expect([...told.values()].sort((x, y) => (x.user < y.user ? -1 : 1))).toEqual(stored);
    for (const me of [...members, 'grow.owner']) {
      const { conversation } = await node.as(me, 'conversations.get', { conversation: 'grow' });
      const others = (await node.as(me, 'receipts.list', { conversation: 'grow' })).receipts.filter(
        (r) => r.user !== 'grow.owner',
      );
      expect(conversation.others).toEqual({
        readN: Math.max(0, ...others.map((r) => r.readN)),
        deliveredN: Math.max(0, ...others.map((r) => r.deliveredN)),
      });
    }
  });

  test('[L7] what the others are told adds up to what a fresh look shows, from the first mark on', async () => {
    const [reader] = await group('ticks', 2, 0);
    const owner = await node.peer('ticks.owner');
    for (const mark of [{ deliveredN: 1 }, { readN: 1 }]) {
      await node.as(reader as string, 'receipts.mark', { conversation: 'ticks', ...mark });
      await owner.call('session.ping', {});
      const told = owner.of('receipt.changed').filter((e) => e.user !== 'ticks.owner');
      const { conversation } = await owner.call('conversations.get', { conversation: 'ticks' });
      expect({
        readN: Math.max(0, ...told.map((e) => e.readN)),
        deliveredN: Math.max(0, ...told.map((e) => e.deliveredN)),
      }).toEqual(conversation.others);
    }
  });

  test('who has read a message: paged without loss, and without those who joined after it', async () => {
    const members = await group('who', 9, 5);
    const readers = members.slice(0, 7);
    for (const m of readers) await node.as(m, 'receipts.mark', { conversation: 'who', readN: 4 });
    await node.as('who.owner', 'members.add', { conversation: 'who', users: ['who.late'] });
    const found: string[] = [];
    let next: string | null = null;
    do {
      const page: Output<'receipts.list'> = await node.as('who.owner', 'receipts.list', {
        ...{ conversation: 'who', readN: 4, limit: 3 },
        ...(next === null ? {} : { next }),
      });
      found.push(...page.receipts.map((r) => r.user));
      next = page.next;
    } while (next !== null);
    expect(found).toEqual([...readers].sort());
    expect(await codeOf(node.as('who.owner', 'receipts.list', { conversation: 'who', next: 'a b' }))).toBe(
      'invalid_input',
    );
    expect(await codeOf(node.as('who.outsider', 'receipts.list', { conversation: 'who' }))).toBe('not_found');
    expect(await codeOf(node.as('who.outsider', 'receipts.mark', { conversation: 'who', readN: 1 }))).toBe(
      'not_found',
    );
  });

  test('reading clears the unread flag and is told to my devices once; a lower mark changes nothing', async () => {
    const [me] = await group('flag', 1, 3);
    const [here, there] = [await node.peer(me as string), await node.peer(me as string)];
    await here.call('members.updateSelf', { conversation: 'flag', markedUnread: true });
    const { self } = await here.call('receipts.mark', { conversation: 'flag', readN: 4 });
    expect(self).toMatchObject({ readN: 4, deliveredN: 4, markedUnread: false });
    expect(await there.event('self.changed', (e) => e.userRev === self.rev)).toMatchObject({ self });
    expect(
      (await here.call('receipts.mark', { conversation: 'flag', readN: 2, deliveredN: 1 })).self,
    ).toEqual(self);
    await there.call('session.ping', {});
    expect(there.of('self.changed')).toHaveLength(2);
  });

  test('in a large group only marks that raise the highest are told', async () => {
    const members = await group('large', LIMITS.receiptFanoutMembers + 5, 3);
    const witness = await node.peer('large.owner');
    await node.as(members[0] as string, 'receipts.mark', { conversation: 'large', readN: 4 });
    await node.as(members[1] as string, 'receipts.mark', { conversation: 'large', readN: 4 });
    await node.as(members[2] as string, 'receipts.mark', { conversation: 'large', readN: 3 });
    await witness.call('session.ping', {});
    expect(witness.of('receipt.changed').map((e) => e.user)).not.toContain(members[2]);
    expect(
      (await witness.call('conversations.get', { conversation: 'large' })).conversation.others.readN,
    ).toBe(4);
  });
});
