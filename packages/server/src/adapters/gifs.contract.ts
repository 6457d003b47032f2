import { describe, expect, test } from 'bun:test';
import { GIF_BYTES, type GifService, GifServiceUnavailable, GifUnfit } from '../ports/gifs.ts';
import type { GifServiceConfig } from './gifs-http.ts';
import type { GifStandIn, GifStandInOptions, StandInGif } from './gifs-stand-in.ts';

export interface GifContract {
  readonly name: string;
  standIn(o: GifStandInOptions): GifStandIn;
  service(config: GifServiceConfig, deps?: { timeoutMs?: number }): GifService;
  /** A host of the service's own that has pictures. */
  readonly host: string;
  readonly paths: { readonly search: string; readonly popular: string };
}

const KEY = 'secret-key-1';
const bytes = new Uint8Array(Buffer.from('GIF89a and the rest of it'));
const gif = (id: string, title: string, over: Partial<StandInGif> = {}): StandInGif => ({
  ...{ id, title, bytes, width: 220, height: 165 },
  ...over,
});
const CATS = [
  gif('c1', 'A cat waves'),
  gif('c2', 'A cat jumps'),
  gif('c3', 'A cat sleeps'),
  gif('d1', 'A dog'),
];

/** All that a careless logger could print of an error. */
const everything = (error: Error): string =>
  `${Bun.inspect(error, { depth: 9 })} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;

async function thrownBy(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (thrown) {
    return thrown as Error;
  }
  throw new Error('nothing was thrown');
}

/** The rules that every service of GIFs keeps. */
export function gifServiceContract({ name, standIn, service, host, paths }: GifContract): void {
  interface Opening extends Partial<GifStandInOptions> {
    config?: Partial<GifServiceConfig>;
    timeoutMs?: number;
  }
  async function opened<T>(
    { config, timeoutMs, ...o }: Opening,
    work: (gifs: GifService, end: GifStandIn) => Promise<T>,
  ): Promise<T> {
    const end = standIn({ key: KEY, gifs: CATS, ...o });
    const settings = { key: KEY, url: end.url, name: undefined, hosts: [], rating: 'pg' as const, ...config };
    try {
      return await work(service(settings, timeoutMs === undefined ? {} : { timeoutMs }), end);
    } finally {
      await end.close();
    }
  }
  const question = { query: 'cat', cursor: undefined, limit: 2, locale: 'en' as const };

  describe(`GIFs of ${name}`, () => {
    test('[G1] are found by words, page after page', async () => {
      await opened({}, async (gifs, { asked }) => {
        const first = await gifs.search(question);
        expect(first.gifs.map(({ id, title }) => [id, title])).toEqual([
          ['c1', 'A cat waves'],
          ['c2', 'A cat jumps'],
        ]);
        expect(first.gifs[0]?.preview).toMatchObject({ width: 220, height: 165 });
        const second = await gifs.search({ ...question, cursor: first.next ?? '' });
        expect(second.gifs.map(({ id }) => id)).toEqual(['c3']);
        expect(second.next).toBeNull();
        expect(asked.map(({ path }) => path)).toEqual([paths.search, paths.search]);
      });
    });

    test('[G2] are those that are popular without words, and none is an answer too', async () => {
      await opened({}, async (gifs, { asked }) => {
        expect((await gifs.search({ ...question, query: '', limit: 10 })).gifs).toHaveLength(4);
        expect(asked[0]?.path).toBe(paths.popular);
        expect(await gifs.search({ ...question, query: 'whale' })).toEqual({ gifs: [], next: null });
      });
    });

    test('[G3] are of the best rendition that is not too large', async () => {
      await opened({ gifs: [gif('c1', 'cat'), gif('c2', 'cat', { size: GIF_BYTES + 1 })] }, async (gifs) => {
        const [small, large] = (await gifs.search(question)).gifs;
        expect(small?.full.url).toMatch(/c1\/(gif|original)\./);
        expect(large?.full.url).toMatch(/c2\/(mediumgif|downsized_large)\./);
        if (large) expect(await gifs.bytes(large.full.url, GIF_BYTES)).toEqual(bytes);
      });
    });

    test('[G4] carry nothing of the person: no header beside those of the program itself', async () => {
      await opened({}, async (gifs, { asked }) => {
        await gifs.search(question);
        expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual([
          'accept',
          'accept-encoding',
          'connection',
          'host',
          'user-agent',
        ]);
      });
    });
  });

  describe(`pictures of ${name}`, () => {
    const elsewhere = [
      'https://evil.example.com',
      `http://${host}`,
      `https://${host}:8443`,
      `https://${host}.evil.example.com`,
      `https://user:word@${host}`,
      `https://evil.example.com/${host}`,
      'http://169.254.169.254',
      'http://localhost:7400',
      'file:///etc/passwd',
    ];
    test.each(elsewhere)('[G5] of a GIF at %s are not told, nor fetched', async (place) => {
      await opened({ gifs: [gif('x', 'cat', { elsewhere: place })] }, async (gifs) => {
        expect((await gifs.search(question)).gifs).toEqual([]);
        expect(await thrownBy(gifs.bytes(`${place}/x.gif`, 100))).toBeInstanceOf(GifUnfit);
      });
    });

    test('[G6] may be at the service’s own hosts, at those of the settings, and nowhere else', async () => {
      const all = [`https://${host}`, 'https://pictures.example.org', 'https://sub.pictures.example.org'];
      const gifs = all.map((place, i) => gif(`g${i}`, 'cat', { elsewhere: place }));
      await opened({ gifs, config: { hosts: ['pictures.example.org'] } }, async (found) => {
        const page = await found.search({ ...question, limit: 10 });
        expect(page.gifs.map(({ id }) => id)).toEqual(['g0', 'g1']);
      });
    });

    test('[G7] are not fetched from where the service redirects to', async () => {
      const target = standIn({ key: KEY, gifs: CATS });
      const picture = () => Response.redirect(`${target.url}/pictures/c1/gif.gif`, 302);
      await opened({ picture }, async (gifs, end) => {
        expect(await thrownBy(gifs.bytes(`${end.url}/pictures/c1/gif.gif`, 1000))).toBeInstanceOf(
          GifServiceUnavailable,
        );
        expect(target.asked).toEqual([]);
      });
      await target.close();
    });

    test('[G8] are given up at the first byte too many, whether or not the service tells the size', async () => {
      let sent = 0;
      const endless = () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              sent += 65_536;
              controller.enqueue(new Uint8Array(65_536));
            },
          }),
        );
      await opened({ picture: endless }, async (gifs, end) => {
        const error = await thrownBy(gifs.bytes(`${end.url}/pictures/c1/gif.gif`, 100_000));
        expect(error).toBeInstanceOf(GifUnfit);
        expect(sent).toBeLessThan(10_000_000);
      });
      await opened({}, async (gifs, end) => {
        const error = await thrownBy(gifs.bytes(`${end.url}/pictures/c1/gif.gif`, bytes.length - 1));
        expect(error).toBeInstanceOf(GifUnfit);
      });
    });
  });

  describe(`${name} in trouble`, () => {
    const troubles: [string, Opening][] = [
      ['a wrong key', { config: { key: 'wrong-key-2' } }],
      ['too many requests', { answer: () => new Response(`slow down ${KEY}`, { status: 429 }) }],
      ['a fault of its own', { answer: () => new Response(KEY, { status: 503 }) }],
      ['an answer that is no JSON', { answer: () => new Response(`<p>${KEY}`) }],
      ['an answer of another shape', { answer: () => Response.json({ found: KEY }) }],
      ['a huge answer', { answer: () => new Response(new Uint8Array(3 * 1024 * 1024)) }],
      ['a redirect', { answer: () => Response.redirect(`https://example.com/?key=${KEY}`, 302) }],
      ['no answer', { silent: true, timeoutMs: 50 }],
    ];
    test.each(troubles)('[G9] %s is told without key and words', async (_, o) => {
      await opened(o, async (gifs) => {
        const error = await thrownBy(gifs.search({ ...question, query: 'private words' }));
        expect(error).toBeInstanceOf(GifServiceUnavailable);
        for (const secret of [KEY, 'wrong-key-2', 'private']) expect(everything(error)).not.toContain(secret);
      });
    });

    test('[G10] nobody listens', async () => {
      const error = await opened({}, async (gifs, end) => {
        await end.close();
        return await thrownBy(gifs.search(question));
      });
      expect(error).toBeInstanceOf(GifServiceUnavailable);
      expect(everything(error)).not.toContain(KEY);
    });

    test('[G11] a GIF that is not understood is left out', async () => {
      const broken = { ...gif('c1', 'cat'), width: 0 };
      await opened({ gifs: [broken, gif('c2', 'cat')] }, async (gifs) => {
        expect((await gifs.search(question)).gifs.map(({ id }) => id)).toEqual(['c2']);
      });
    });
  });
}
