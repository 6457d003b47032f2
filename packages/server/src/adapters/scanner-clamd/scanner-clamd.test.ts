import { describe, expect, test } from 'bun:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScannerUnavailable } from '../../ports/scanner.ts';
import { type ClamdAddress, clamdScanner } from './index.ts';
import { type ClamdStandInOptions, clamdStandIn, HARMFUL } from './stand-in.ts';

/** A clamd to hold to the same rules: `host:port`. */
const real = process.env.INLAY_TEST_CLAMD;

async function* pieces(...all: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of all) yield typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
}

async function open(o: ClamdStandInOptions = {}) {
  if (real === undefined) return await clamdStandIn(o);
  const [host = '', port] = real.split(':');
  return { address: { host, port: Number(port) } as ClamdAddress, streams: [], close: async () => undefined };
}

async function thrownBy(
  o: ClamdStandInOptions,
  bytes: AsyncIterable<Uint8Array>,
  patience = 5000,
): Promise<Error> {
  const clamd = await clamdStandIn(o);
  try {
    return await clamdScanner(clamd.address, { patience })
      .scan(bytes)
      .then(
        (verdict) => {
          throw new Error(`there was a verdict: ${JSON.stringify(verdict)}`);
        },
        (error: Error) => error,
      );
  } finally {
    await clamd.close();
  }
}

describe('scanner clamd', () => {
  test('[S1] clean bytes are clean, harmful ones are found, wherever they are cut', async () => {
    const clamd = await open();
    const { scan } = clamdScanner(clamd.address);
    expect(await scan(pieces('nothing ', 'of note'))).toEqual({ clean: true });
    expect(await scan(pieces())).toEqual({ clean: true });
    const half = HARMFUL.length / 2;
    const verdict = await scan(pieces(HARMFUL.slice(0, half), HARMFUL.slice(half)));
    expect(verdict.clean).toBe(false);
    expect(verdict.clean ? '' : verdict.found).toMatch(/eicar/i);
    await clamd.close();
  });

  test('[S2] large pieces go in chunks that clamd takes, and arrive byte for byte', async () => {
    const clamd = await clamdStandIn();
    const bytes = new Uint8Array(1_000_000).map((_, i) => i % 251);
    expect(
      await clamdScanner(clamd.address).scan(pieces(bytes, new Uint8Array(0), bytes.subarray(5))),
    ).toEqual({ clean: true });
    const [stream] = clamd.streams;
    expect(Buffer.concat([...(stream?.chunks ?? [])]).equals(Buffer.concat([bytes, bytes.subarray(5)]))).toBe(
      true,
    );
    expect(Math.max(...(stream?.chunks ?? []).map(({ length }) => length))).toBeLessThanOrEqual(64 * 1024);
    await clamd.close();
  });

  test('[S3] by a Unix socket', async () => {
    const clamd = await clamdStandIn({ path: join(tmpdir(), `inlay-clamd-${process.pid}`) });
    expect(await clamdScanner(clamd.address).scan(pieces('x'))).toEqual({ clean: true });
    await clamd.close();
  });

  test('[S4] without a verdict nothing is let through', async () => {
    const troubles: [ClamdStandInOptions, RegExp][] = [
      [{ hangsUp: true }, /hung up/],
      [{ reply: 'stream: OK' }, /hung up/],
      [{ reply: 'stream: Can’t allocate memory ERROR\0' }, /answered/],
      [{ reply: 'OK\0' }, /answered/],
      [{ reply: 'stream: OK but\0' }, /answered/],
      [{ streamMaxLength: 10 }, /StreamMaxLength/],
    ];
    for (const [options, words] of troubles) {
      const error = await thrownBy(options, pieces('more than ten bytes'));
      expect(error).toBeInstanceOf(ScannerUnavailable);
      expect(error.message).toMatch(words);
    }
    expect((await thrownBy({ silent: true }, pieces('x'), 50)).message).toMatch(/in time/);
  });

  test('[S5] nobody listens', async () => {
    const clamd = await clamdStandIn();
    await clamd.close();
    const scanning = clamdScanner(clamd.address).scan(pieces('x'));
    expect(await scanning.catch((error) => error)).toBeInstanceOf(ScannerUnavailable);
  });

  test('[S6] bytes that break off are no verdict, and are told as they broke', async () => {
    const clamd = await open();
    async function* broken() {
      yield new Uint8Array(10);
      throw new Error('the disk broke');
    }
    await expect(clamdScanner(clamd.address).scan(broken())).rejects.toThrow('the disk broke');
    await clamd.close();
  });

  test('[S7] a stream that clamd will not have ends at once', async () => {
    const clamd = await clamdStandIn({ streamMaxLength: 100_000 });
    let sent = 0;
    async function* endless() {
      for (; sent < 10_000; sent++) yield new Uint8Array(64 * 1024);
    }
    await expect(clamdScanner(clamd.address).scan(endless())).rejects.toThrow('StreamMaxLength');
    expect(sent).toBeLessThan(10_000);
    await clamd.close();
  });
});
