import { describe, expect, test } from 'bun:test';
import { ConnectionLost, InlayError, mayRetry, SignedOut, TimedOut } from './errors.ts';
import { errorOf, httpCall } from './http.ts';
import { type Request, Requests } from './requests.ts';

function request(op: string, log: string[]): Request {
  return { op, input: {}, resolve: () => log.push(`${op} kept`), reject: () => log.push(`${op} failed`) };
}

describe('the book of requests', () => {
  test('sends in order, as many as may be pending', () => {
    const book = new Requests(2);
    for (const op of ['a', 'b', 'c']) book.register(request(op, []));
    expect(book.take().map((o) => [o.id, o.request.op])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    expect(book.take()).toEqual([]);
    book.settle(1);
    expect(book.take().map((o) => [o.id, o.request.op])).toEqual([[3, 'c']]);
  });

  test('a lost connection fails what was sent and keeps what was not', () => {
    const log: string[] = [];
    const book = new Requests(1);
    for (const op of ['sent', 'waiting']) book.register(request(op, log));
    book.take();
    book.lost(new ConnectionLost('cut'));
    expect(log).toEqual(['sent failed']);
    expect(book.take().map((o) => o.request.op)).toEqual(['waiting']);
  });

  test('a request that was taken out is nowhere, and its reply nobody’s', () => {
    const book = new Requests(2);
    const forget = [book.register(request('a', [])), book.register(request('b', []))];
    book.take();
    for (const one of forget) one();
    expect(book.size).toEqual({ outgoing: 0, pending: 0 });
    expect(book.settle(1)).toBeUndefined();
  });
});

describe('errors', () => {
  test('know whether the same may succeed later', () => {
    expect([new ConnectionLost(''), new TimedOut(''), new SignedOut('')].map(mayRetry)).toEqual([
      true,
      true,
      false,
    ]);
    expect(
      [new InlayError('busy', ''), new InlayError('forbidden', ''), new Error('?')].map(mayRetry),
    ).toEqual([true, false, false]);
  });

  test('of an unknown code or shape count as the node’s failure', () => {
    expect(errorOf({ code: 'from_the_future', message: 'x' }).code).toBe('internal');
    expect(errorOf(undefined).code).toBe('internal');
    expect(errorOf({ code: 'busy', message: 'x', retryAfter: 5 })).toMatchObject({
      code: 'busy',
      retryAfter: 5,
    });
  });

  test('over HTTP are the node’s own, or a lost connection', async () => {
    const refusing = httpCall('http://x/', async () =>
      Response.json({ error: { code: 'conflict', message: 'taken' } }, { status: 409 }),
    );
    await expect(refusing('users.me', {})).rejects.toMatchObject({ code: 'conflict' });
    const proxy = httpCall('http://x', async () => new Response('<html>', { status: 502 }));
    await expect(proxy('users.me', {})).rejects.toMatchObject({ code: 'internal' });
    const nobody = httpCall('http://x', async () => {
      throw new TypeError('fetch failed');
    });
    await expect(nobody('users.me', {})).rejects.toBeInstanceOf(ConnectionLost);
  });
});
