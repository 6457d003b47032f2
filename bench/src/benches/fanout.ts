import type { Bench } from '../lib/bench.ts';
import { type CountingPeer, countingPeer } from '../lib/counting-peer.ts';
import { startNode } from '../lib/node.ts';
import { open, type RawPeer, signIn } from '../lib/peers.ts';
import { atLeast } from '../lib/result.ts';
import { conversationId, seed, userId } from '../lib/seed.ts';

const MEMBERS = 1000;
const TEXT = 'x'.repeat(128);
const ROOM = conversationId(1);
/** Messages under way: enough that the server never waits for the sender. */
const IN_FLIGHT = 16;

const frame = (id: number): string =>
  `{"id":${id},"op":"messages.send","input":{"conversation":"${ROOM}","id":"${Bun.randomUUIDv7()}","body":{"kind":"text","text":"${TEXT}"}}}`;

interface Flood {
  seconds: number;
  next(): void;
  onAck(run: () => void): void;
}

/** One member writes as fast as it is acknowledged; gives what reaches the others a second. */
async function flood(others: readonly CountingPeer[], o: Flood): Promise<number> {
  for (const peer of others) peer.frames = 0;
  const began = performance.now();
  const end = began + o.seconds * 1000;
  await new Promise<void>((resolve) => {
    let open = IN_FLIGHT;
    o.onAck(() => {
      if (performance.now() < end) o.next();
      else if (--open === 0) resolve();
    });
    for (let i = 0; i < IN_FLIGHT; i++) o.next();
  });
  const received = others.reduce((sum, peer) => sum + peer.frames, 0);
  return received / ((performance.now() - began) / 1000);
}

function throughNode(sender: RawPeer, others: readonly CountingPeer[], seconds: number): Promise<number> {
  let id = 1;
  return flood(others, {
    seconds,
    next: () => sender.ws.send(frame(id++)),
    onAck: (run) => {
      sender.ws.onmessage = ({ data }) => {
        if (!String(data).startsWith('{"event"')) run();
      };
    },
  });
}

/** The raw limit: a server in a process of its own that publishes the same number of bytes for every frame it gets. */
const RAW_SERVER = `
  const bytes = 'x'.repeat(Number(process.argv.at(-1)));
  const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: (r, s) => s.upgrade(r) ? undefined : new Response(),
    websocket: { open: (ws) => ws.subscribe('t'), message: (ws, m) => { ws.publish('t', bytes); ws.send('a'); } } });
  console.log(server.port);`;

async function raw(bytes: number, seconds: number): Promise<number> {
  const child = Bun.spawn([process.execPath, '-e', RAW_SERVER, String(bytes)], { stdout: 'pipe' });
  const port = Number(new TextDecoder().decode((await child.stdout.getReader().read()).value).trim());
  const sender = new WebSocket(`ws://127.0.0.1:${port}`);
  await new Promise((resolve) => {
    sender.onopen = resolve;
  });
  const others = await Promise.all(Array.from({ length: MEMBERS - 1 }, () => countingPeer(port, '/')));
  const deliveries = await flood(others, {
    seconds,
    next: () => sender.send('m'),
    onAck: (run) => {
      sender.onmessage = ({ data }) => String(data) === 'a' && run();
    },
  });
  child.kill();
  await child.exited;
  return deliveries;
}

/** Bytes of the event that a message of this benchmark becomes. */
function eventBytes(others: readonly CountingPeer[]): number {
  return others[0]?.lastLength ?? 0;
}

async function join(url: string, tokens: Map<string, string>): Promise<CountingPeer[]> {
  const port = Number(new URL(url).port);
  const queue = [...tokens.values()];
  const peers: CountingPeer[] = [];
  const worker = async (): Promise<void> => {
    for (let token = queue.pop(); token !== undefined; token = queue.pop()) {
      const peer = await countingPeer(port, '/v1/socket');
      await peer.ask(JSON.stringify({ id: 0, op: 'session.open', input: { token, version: 1, limit: 1 } }));
      peers.push(peer);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return peers;
}

export const fanout: Bench = {
  name: 'fanout',
  about: 'one sender, 1,000 members online',
  seconds: 5,
  async run({ seconds }) {
    const node = await startNode();
    try {
      const everyone = Array.from({ length: MEMBERS }, (_, i) => i + 1);
      await seed(node.sql, { users: MEMBERS, conversations: [everyone] });
      const tokens = await signIn(node.url, node.sql, everyone.map(userId));
      const token = tokens.get(userId(1)) ?? '';
      tokens.delete(userId(1));
      const others = await join(node.url, tokens);
      const sender = await open(node.socketUrl, { user: userId(1), token });
      await throughNode(sender, others, 1);
      const deliveries = await throughNode(sender, others, seconds);
      sender.ws.onclose = null;
      const bytes = eventBytes(others);
      const limit = await raw(bytes, seconds);
      return {
        figures: {
          'deliveries/s': deliveries,
          'raw publish deliveries/s': limit,
          'to raw': deliveries / limit,
          'bytes an event': bytes,
        },
        targets: [atLeast('deliveries/s', deliveries, 400_000), atLeast('to raw', deliveries / limit, 0.5)],
      };
    } finally {
      await node.stop();
    }
  },
};
