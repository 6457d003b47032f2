import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { directPeople, type Message } from '@inlay-im/protocol';
import { NodeProcess, type Victim } from './node-process.ts';
import { OutboxSender, Record, sendOnce } from './senders.ts';

/** Acknowledgements before the kill, so that it comes in the middle of a load. */
const UNDER_LOAD = 400;
const PEOPLE = ['ann', 'bob', 'cid'];
const ROUNDS: readonly Victim[] = ['node', 'database', 'both', 'group', 'database', 'node', 'group'];

let node: NodeProcess;

beforeAll(async () => {
  node = await NodeProcess.start();
}, 30_000);
afterAll(async () => {
  await node.remove();
}, 30_000);

async function accessOf(user: string): Promise<string> {
  const answer = await fetch(`${node.url}/v1/auth.signInWithToken`, {
    method: 'POST',
    body: JSON.stringify({ token: node.token(user) }),
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

/** A conversation from its first message to its last, over HTTP. */
async function history(conversation: string): Promise<Message[]> {
  const [reader] = directPeople(conversation) as [string, string];
  const headers = { authorization: `Bearer ${await accessOf(reader)}` };
  const all: Message[] = [];
  for (let after = 0; ; after = all.at(-1)?.n ?? 0) {
    const body = JSON.stringify({ conversation, after, limit: 200 });
    const answer = await fetch(`${node.url}/v1/messages.list`, { method: 'POST', body, headers });
    const page = (await answer.json()) as { messages: Message[]; hasAfter: boolean };
    all.push(...page.messages);
    if (!page.hasAfter) return all;
  }
}

async function expectKept(record: Record): Promise<void> {
  for (const [conversation, sent] of Map.groupBy(record.sent, (one) => one.conversation)) {
    const all = await history(conversation);
    expect(all.map(({ n }) => n)).toEqual(all.map((_, i) => i + 1));
    const copies = Map.groupBy(all, ({ id }) => id);
    for (const { id, ack } of sent) {
      const found = copies.get(id) ?? [];
      expect(found.length).toBeLessThanOrEqual(1);
      if (ack) expect(found.map(({ n, at }) => ({ n, at }))).toEqual([{ n: ack.n, at: ack.at }]);
    }
  }
}

describe('[L1] [L2] [L3] [L4] what was acknowledged is there once after kill -9 under load', () => {
  const record = new Record();

  test.each(ROUNDS.map((victim, i) => ({ victim, round: i + 1 })))(
    'round $round: of the $victim',
    async ({ victim }) => {
      const places = PEOPLE.map((user, i) => ({ user, conversation: `direct:${user},zoe${i % 2}` }));
      const shared = { user: 'ann', conversation: 'direct:ann,zoe0' };
      const senders = await Promise.all(
        [...places, shared].map((who) => OutboxSender.start(node, record, who)),
      );
      const once = await sendOnce(node, record, { user: 'ann', conversation: 'direct:ann,bob' });
      const loaded = record.more(UNDER_LOAD);
      for (const sender of senders) sender.run(20);
      await loaded;
      const before = record.sent.length;
      await node.kill(victim);
      // A node whose database was killed starts it again by itself.
      if (victim !== 'database') await node.start();
      await record.more(50);
      once.close();
      await Promise.all(senders.map((sender) => sender.finish()));
      expect(record.sent.length).toBeGreaterThan(before);
      await expectKept(record);
    },
    60_000,
  );

  test('and it was a load: acknowledged ones, and ones whose fate the sender never learned', () => {
    const acked = record.sent.filter(({ ack }) => ack !== undefined).length;
    expect(acked).toBeGreaterThan(ROUNDS.length * UNDER_LOAD);
    expect(acked).toBeLessThan(record.sent.length);
  });
});
