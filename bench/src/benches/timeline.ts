import { launch } from '@inlay-im/e2e/browser';
import type { Bench } from '../lib/bench.ts';
import { type BenchNode, startNode } from '../lib/node.ts';
import { open as openSocket, type RawPeer, signIn } from '../lib/peers.ts';
import { atLeast, atMost, percentile } from '../lib/result.ts';
import { conversationId, hostToken, seed, userId } from '../lib/seed.ts';

type Browser = Awaited<ReturnType<typeof launch>>;
type Page = Awaited<ReturnType<Browser['newPage']>>;

const MESSAGES = 100_000;
const OPENINGS = 7;
/** Ten minutes at 20 messages a second. */
const TRAFFIC = 12_000;
/** Requests of the sender that are under way at the same time; a session may have 64. */
const AT_ONCE = 32;
/** How far and how fast the timeline is scrolled, in pixels and pixels a second: a quick flick of the wheel, again and again. */
const DISTANCE = 30_000;
const SPEED = 4000;
/** So many times older messages are loaded while the reader rests. */
const PAGES = 10;

async function lay(node: BenchNode): Promise<void> {
  await seed(node.sql, {
    users: 2,
    conversations: [
      [1, 2],
      [1, 2],
    ],
  });
  await node.sql`insert into messages (conversation, n, rev, id, sender, at, body)
    select pk, i, i, gen_random_uuid(), case when i % 5 < 3 then 'u2' else 'u1' end,
      now() - (${MESSAGES}::int - i) * interval '40 seconds',
      json_build_object('kind', 'text', 'text', 'Message ' || i || repeat(' and some more words', (i * 7919) % 12))
    from conversations, generate_series(1, ${MESSAGES}::int) i where id = ${conversationId(1)}`;
  await node.sql`update conversations set last_n = ${MESSAGES}, rev = ${MESSAGES}, title = 'Long'
    where id = ${conversationId(1)}`;
  await node.sql`update conversations set title = 'Short' where id = ${conversationId(2)}`;
  await node.sql`update members set read_n = ${MESSAGES} where conversation in
    (select pk from conversations where id = ${conversationId(1)})`;
  await node.sql.unsafe('vacuum analyze');
}

const row = (page: Page, title: string) => page.locator('.inlay-conversation-row', { hasText: title });

/** Milliseconds from the press on a row until the frame with its messages was handed to the screen. */
async function opening(page: Page): Promise<number> {
  await row(page, 'Long').waitFor();
  return await row(page, 'Long').evaluate(async (element) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const began = performance.now();
    (element as HTMLElement).click();
    while (document.querySelector('.inlay-message') === null) await frame();
    await frame();
    return performance.now() - began;
  });
}

interface Scrolled {
  fps: number;
  worst: number;
  nodes: number;
  oldest: number;
}

/** Scrolls up by a gesture of the browser's own, and watches every frame meanwhile. */
async function scrolling(page: Page): Promise<Scrolled> {
  const session = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    const seen = { frames: [] as number[], nodes: 0 };
    Object.assign(window, { seen });
    const watch = (now: number) => {
      seen.frames.push(now);
      seen.nodes = Math.max(seen.nodes, document.querySelectorAll('.inlay-message').length);
      requestAnimationFrame(watch);
    };
    requestAnimationFrame(watch);
  });
  const box = await page.locator('.inlay-scroll').boundingBox();
  if (box === null) throw new Error('the timeline is not on the page');
  await session.send('Input.synthesizeScrollGesture', {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: DISTANCE,
    speed: SPEED,
    gestureSourceType: 'mouse',
  });
  const { frames, nodes } = await page.evaluate(
    () => (window as unknown as { seen: { frames: number[]; nodes: number } }).seen,
  );
  const gaps = frames.slice(1).map((at, i) => at - (frames[i] as number));
  const span = (frames.at(-1) as number) - (frames[0] as number);
  const oldest = await page.evaluate(() =>
    Number(document.querySelector<HTMLElement>('.inlay-rows [data-n]')?.dataset.n),
  );
  return { fps: ((frames.length - 1) / span) * 1000, worst: percentile(gaps, 0.99), nodes, oldest };
}

/**
 * The layout shift that the browser measures (https://wicg.github.io/layout-instability/) while older pages are put
 * above what is read. The scroll position is set and left: a gesture that goes on counts as a shift itself where it
 * falls into one frame with what is put above.
 */
async function shifting(page: Page, pages: number): Promise<number> {
  return await page.evaluate(async (count) => {
    let shift = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shift += (entry as unknown as { value: number }).value;
    });
    observer.observe({ type: 'layout-shift' });
    const box = document.querySelector('.inlay-scroll') as HTMLElement;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const oldest = () => Number(document.querySelector<HTMLElement>('.inlay-rows [data-n]')?.dataset.n);
    for (let i = 0; i < count; i++) {
      const before = oldest();
      while (oldest() >= before) {
        box.scrollTop = 200;
        for (let frames = 0; frames < 20; frames++) await frame();
      }
    }
    observer.disconnect();
    return shift;
  }, pages);
}

/** Megabytes of the page's JavaScript heap once what is not needed was collected. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}

async function send({ ws }: RawPeer, count: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let [sent, answered] = [0, 0];
  const next = () => {
    if (sent >= count) return;
    sent += 1;
    const body = { kind: 'text', text: `Traffic ${sent}: ${'x'.repeat(sent % 80)}` };
    const input = { conversation: conversationId(1), id: Bun.randomUUIDv7(), body };
    ws.send(JSON.stringify({ id: sent, op: 'messages.send', input }));
  };
  ws.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data));
    if (frame.error) reject(new Error(JSON.stringify(frame.error)));
    if (frame.id === undefined) return;
    answered += 1;
    if (answered === count) resolve();
    next();
  };
  for (let i = 0; i < AT_ONCE; i++) next();
  await promise;
}

async function traffic(page: Page, node: BenchNode) {
  const token = (await signIn(node.url, node.sql, [userId(2)])).get(userId(2)) ?? '';
  const peer = await openSocket(node.socketUrl, { user: userId(2), token });
  const shown = (n: number) =>
    page.waitForFunction((wanted) => document.querySelector(`.inlay-rows [data-n="${wanted}"]`) !== null, n, {
      timeout: 120_000,
    });
  const heaps: number[] = [];
  const part = TRAFFIC / 3;
  const began = performance.now();
  for (let i = 1; i <= 3; i++) {
    await send(peer, part);
    await shown(MESSAGES + i * part);
    heaps.push(await heap(page));
  }
  peer.ws.close();
  const [first = 0, , last = 0] = heaps;
  return { first, last, seconds: (performance.now() - began) / 1000 };
}

export const timeline: Bench = {
  name: 'timeline',
  about: 'the messenger in Chromium with a conversation of 100,000 messages: opening, scrolling, memory',
  seconds: 0,
  async run() {
    const [node, browser] = await Promise.all([startNode(), launch()]);
    try {
      await lay(node);
      const [{ secret }] = await node.sql`select secret from apps where id = 'default'`;
      const page = await browser.newPage({ viewport: { width: 1100, height: 760 } });
      await page.goto(`${node.url}/#token=${hostToken(secret, userId(1))}`);
      const cold = await opening(page);
      const warm: number[] = [];
      for (let i = 0; i < OPENINGS; i++) {
        await row(page, 'Short').click();
        await page.reload();
        await row(page, 'Short').waitFor();
        warm.push(await opening(page));
      }
      const scrolled = await scrolling(page);
      const shift = await shifting(page, PAGES);
      await page.getByRole('button', { name: 'To the newest message' }).click();
      const { first, last, seconds } = await traffic(page, node);
      const median = percentile(warm, 0.5);
      return {
        figures: {
          messages: MESSAGES,
          'first opening ms': cold,
          'warm opening p50 ms': median,
          'warm opening worst ms': Math.max(...warm),
          'scroll fps': scrolled.fps,
          'scroll frame p99 ms': scrolled.worst,
          'scrolled to message': scrolled.oldest,
          'message nodes at most': scrolled.nodes,
          'layout shift while history loads': shift,
          'heap after 4,000 more messages MB': first,
          'heap after 12,000 more messages MB': last,
          'seconds for 12,000 messages': seconds,
        },
        targets: [
          atMost('warm opening p50 ms', median, 300),
          atLeast('scroll fps', scrolled.fps, 55),
          atMost('message nodes at most', scrolled.nodes, 200),
          atMost('layout shift while history loads', shift, 0),
          atMost('heap growth from 4,000 to 12,000 messages MB', last - first, 2),
        ],
      };
    } finally {
      await browser.close();
      await node.stop();
    }
  },
};
