import type { SQL } from 'bun';
import type { Bench } from '../lib/bench.ts';
import { type BenchNode, startNode } from '../lib/node.ts';
import { openAll, type RawPeer, signIn } from '../lib/peers.ts';
import { atLeast, atMost, percentile } from '../lib/result.ts';
import { conversationId, seed, userId } from '../lib/seed.ts';

const PAIRS = 100;
const IN_FLIGHT = 8;
const TEXT = 'x'.repeat(128);
const RAW_BATCH = 300;
/** Half of the least rate that is asked for; the targets are measured at half of what was reached. */
const CALM = 12_500;

const people = Array.from({ length: PAIRS * 2 }, (_, i) => userId(i + 1));
/** Persons 2k-1 and 2k talk in conversation k. */
const roomOf = (user: string): string => conversationId(Math.ceil(Number(user.slice(1)) / 2));

const frameOf = (user: string, id: number): string =>
  `{"id":${id},"op":"messages.send","input":{"conversation":"${roomOf(user)}","id":"${Bun.randomUUIDv7()}","body":{"kind":"text","text":"${TEXT}"}}}`;

/** Everyone keeps eight messages under way; gives acknowledged messages a second. */
async function throughput(peers: RawPeer[], seconds: number): Promise<number> {
  let acks = 0;
  let errors = '';
  const began = performance.now();
  const end = began + seconds * 1000;
  await Promise.all(
    peers.map(
      ({ ws, user }) =>
        new Promise<void>((resolve) => {
          let open = IN_FLIGHT;
          let id = 1;
          ws.onmessage = ({ data }) => {
            const frame = String(data);
            if (frame.startsWith('{"event"')) return;
            if (frame.includes('"error"')) errors ||= frame;
            acks++;
            if (performance.now() < end) ws.send(frameOf(user, id++));
            else if (--open === 0) resolve();
          };
          for (let i = 0; i < IN_FLIGHT; i++) ws.send(frameOf(user, id++));
        }),
    ),
  );
  if (errors !== '') throw new Error(errors);
  return acks / ((performance.now() - began) / 1000);
}

/** Sends at a steady rate and measures from the send to the other side's event. */
async function latency(peers: RawPeer[], rate: number, seconds: number): Promise<number[]> {
  const sentAt = new Map<string, number>();
  const took: number[] = [];
  for (const { ws } of peers) {
    ws.onmessage = ({ data }) => {
      const frame = String(data);
      if (!frame.startsWith('{"event":"message.new"')) return;
      const at = frame.indexOf('"id":"', frame.indexOf('"message":')) + 6;
      const sent = sentAt.get(frame.slice(at, at + 36));
      if (sent !== undefined) took.push(performance.now() - sent);
    };
  }
  const began = performance.now();
  const total = Math.floor(rate * seconds);
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * rate));
    for (; sent < due; sent++) {
      const peer = peers[sent % peers.length] as RawPeer;
      const frame = frameOf(peer.user, sent + 1_000_000);
      const at = frame.indexOf('"id":"') + 6;
      sentAt.set(frame.slice(at, at + 36), performance.now());
      peer.ws.send(frame);
    }
    await Bun.sleep(1);
  }
  const deadline = performance.now() + 10_000;
  while (took.length < total && performance.now() < deadline) await Bun.sleep(5);
  if (took.length < total) throw new Error(`${total - took.length} of ${total} messages did not arrive`);
  return took;
}

/**
 * The same rows straight into the same PostgreSQL, 300 messages a transaction and one transaction after another: the
 * messages, the counters of their conversations, and each sender's own mark, without any check.
 */
const RAW_STATEMENT = `
  with input as materialized (
    select * from json_to_recordset($1::text::json) as x(c bigint, n int, id uuid, s text, b json, t float8)
  ), counted as (
    update conversations set last_n = x.n, rev = x.n, active_at = now(), xid = pg_current_xact_id()
    from (select c, max(n) n from input group by c) x where pk = x.c
  ), own as (
    update members set own_n = x.n from (select c, s, max(n) n from input group by c, s) x
    where members.conversation = x.c and members.user_id = x.s
  )
  insert into messages (conversation, n, rev, id, sender, at, body, fingerprint)
  select c, n, n, id, s, to_timestamp(t), b, 1 from input`;

async function rawLimit(sql: SQL, seconds: number): Promise<number> {
  const rooms = await sql`select pk, last_n from conversations order by pk`;
  let rows = 0;
  const began = performance.now();
  while (performance.now() < began + seconds * 1000) {
    const batch = Array.from({ length: RAW_BATCH }, (_, i) => {
      const room = rooms[i % PAIRS];
      const s = people[(i % PAIRS) * 2 + (Math.floor(i / PAIRS) % 2)];
      return {
        c: room.pk,
        n: ++room.last_n,
        id: Bun.randomUUIDv7(),
        s,
        b: { kind: 'text', text: TEXT },
        t: Date.now() / 1000,
      };
    });
    await sql.unsafe(RAW_STATEMENT, [JSON.stringify(batch)]);
    rows += RAW_BATCH;
  }
  return rows / ((performance.now() - began) / 1000);
}

async function measure(node: BenchNode, seconds: number) {
  await seed(node.sql, {
    users: PAIRS * 2,
    conversations: Array.from({ length: PAIRS }, (_, i) => [2 * i + 1, 2 * i + 2]),
  });
  const peers = await openAll(node.socketUrl, await signIn(node.url, node.sql, people));
  await throughput(peers, 1);
  const cpu = await node.cpu();
  const acks = await throughput(peers, seconds);
  const nodeCpu = ((await node.cpu()) - cpu) / (acks * seconds);
  const took = await latency(peers, acks / 2, seconds);
  const calm = await latency(peers, CALM, seconds);
  // Last, as its rows keep vacuum busy for a while.
  const raw = await rawLimit(node.sql, Math.min(seconds, 5));
  for (const { ws } of peers) ws.onclose = null;
  const [p50, p99] = [percentile(took, 0.5), percentile(took, 0.99)];
  return { acks, raw, nodeCpu, p50, p99, calm: percentile(calm, 0.5) };
}

export const send: Bench = {
  name: 'send',
  about: '200 connections in pairs, 128-byte texts, eight under way each, acknowledged after the commit',
  seconds: 10,
  async run({ seconds }) {
    const node = await startNode();
    try {
      const m = await measure(node, seconds);
      return {
        figures: {
          'acks/s': m.acks,
          'raw messages/s': m.raw,
          'acks to raw': m.acks / m.raw,
          'node CPU µs/message': m.nodeCpu * 1e6,
          'at half the rate: p50 ms': m.p50,
          'at half the rate: p99 ms': m.p99,
          'at 12,500/s: p50 ms': m.calm,
        },
        targets: [
          atLeast('acks/s', m.acks, 25_000),
          atLeast('acks to raw', m.acks / m.raw, 0.5),
          atMost('p50 ms', m.p50, 5),
          atMost('p99 ms', m.p99, 40),
        ],
      };
    } finally {
      await node.stop();
    }
  },
};
