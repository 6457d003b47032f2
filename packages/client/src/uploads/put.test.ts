import { describe, expect, test } from 'bun:test';
import { ManualClock, settle } from '../testing/clock.ts';
import { type Reply, refusal, Wire, type Xhr, type XhrConstructor } from './put.ts';

const reply = (status: number, text = '', headers: Record<string, string> = {}): Reply => ({
  status,
  text,
  header: (name) => headers[name] ?? null,
});

describe('a reply that refuses', () => {
  test('is the error that the node names, whatever its status', () => {
    const text = JSON.stringify({ error: { code: 'rejected', message: 'no' } });
    expect(refusal(reply(422, text))).toMatchObject({ code: 'rejected', message: 'no' });
  });

  test('is worth repeating unless the body is too large', () => {
    const retry = (status: number) => (refusal(reply(status)) as Error & { retry: boolean }).retry;
    expect([404, 409, 410, 423, 460, 400, 403].map(retry)).toEqual(Array(7).fill(true));
    expect([500, 502, 503, 429].map(retry)).toEqual(Array(4).fill(true));
    expect(refusal(reply(413, '<html>'))).toMatchObject({ code: 'too_large', retry: false });
    expect(refusal(reply(503, '', { 'retry-after': '7' }))).toMatchObject({ retryAfter: 7000 });
  });
});

/** An XMLHttpRequest that a test plays the other side of. */
class Played implements Xhr {
  static last: Played;
  readonly upload = { onprogress: null as ((event: { loaded: number }) => void) | null };
  status = 0;
  responseText = '';
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly sent: unknown[] = [];
  aborted = false;

  constructor() {
    Played.last = this;
  }

  open(method: string, url: string): void {
    this.sent.push(method, url);
  }

  setRequestHeader(name: string, value: string): void {
    this.sent.push(`${name}: ${value}`);
  }

  getResponseHeader(name: string): string | null {
    return name === 'upload-offset' ? '5' : null;
  }

  send(body: Blob | null): void {
    this.sent.push(body?.size);
  }

  abort(): void {
    this.aborted = true;
  }
}

function sending() {
  const clock = new ManualClock();
  const wire = new Wire({
    clock,
    fetch: () => Promise.reject(new Error('not by fetch')),
    XMLHttpRequest: Played as unknown as XhrConstructor,
  });
  const abort = new AbortController();
  const progress: number[] = [];
  const sent = { method: 'PATCH', url: '/u', headers: { a: 'b' }, body: new Blob(['hello']) } as const;
  const done = wire.send(sent, { signal: abort.signal, progress: (loaded) => progress.push(loaded) });
  return { clock, abort, progress, done, xhr: Played.last };
}

describe('bytes by XMLHttpRequest', () => {
  test('tell how far they are, and what was answered', async () => {
    const { xhr, progress, done } = sending();
    expect(xhr.sent).toEqual(['PATCH', '/u', 'a: b', 5]);
    xhr.upload.onprogress?.({ loaded: 2 });
    xhr.upload.onprogress?.({ loaded: 5 });
    xhr.status = 204;
    xhr.onload?.();
    const answer = await done;
    expect([progress, answer.status, answer.header('upload-offset')]).toEqual([[2, 5], 204, '5']);
  });

  test('that do not get through, stall or are given up fail accordingly', async () => {
    const broken = sending();
    broken.xhr.onerror?.();
    await expect(broken.done).rejects.toMatchObject({ name: 'ConnectionLost', retry: true });

    const stalled = sending();
    await stalled.clock.advance(50_000);
    stalled.xhr.upload.onprogress?.({ loaded: 1 });
    await stalled.clock.advance(59_000);
    expect(stalled.xhr.aborted).toBe(false);
    const failed = stalled.done.catch((error) => error);
    await stalled.clock.advance(2000);
    expect(await failed).toMatchObject({ name: 'TimedOut', retry: true });
    expect(stalled.xhr.aborted).toBe(true);

    const given = sending();
    given.abort.abort();
    await expect(given.done).rejects.toMatchObject({ name: 'ConnectionLost' });
    await settle();
    expect(given.xhr.aborted).toBe(true);
  });
});
