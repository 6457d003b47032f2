import { InlayError } from '@inlay-im/protocol';
import { reason } from '../../core/log.ts';
import { ScannerUnavailable } from '../../ports/scanner.ts';
import type { Whole } from './brought.ts';
import type { FilesContext } from './context.ts';
import { HEAD, typeOf } from './kinds.ts';
import { rejected } from './queries.ts';

/** Milliseconds after which someone whose file could not be scanned may ask again. */
const RETRY_AFTER = 5000;

/** What is told of bytes by reading them once. */
export interface Examined {
  /** SHA-256 in hex. */
  hash: string;
  size: number;
  /** By magic bytes. */
  type: string;
}

/** Passes bytes on, and counts, hashes and keeps the first of them on the way. */
class Reader {
  readonly #hasher = new Bun.CryptoHasher('sha256');
  #head = new Uint8Array(0);
  size = 0;

  async *pass(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      this.#hasher.update(chunk);
      this.size += chunk.length;
      const wanted = HEAD - this.#head.length;
      if (wanted > 0) this.#head = new Uint8Array([...this.#head, ...chunk.subarray(0, wanted)]);
      yield chunk;
    }
  }

  async result(): Promise<Examined> {
    return { hash: this.#hasher.digest('hex'), size: this.size, type: await typeOf(this.#head) };
  }
}

async function readOut(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}

/** Has the scanner read along, where there is one. Throws `rejected` for what it finds, `busy` without its verdict. */
async function scanned({ scanner, logger }: FilesContext, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  if (scanner === undefined) return await readOut(bytes);
  try {
    const verdict = await scanner.scan(bytes);
    if (verdict.clean) return;
    logger.warn('a scanner found something in a file', { scanner: scanner.name, found: verdict.found });
    throw rejected('the scanner found something harmful in it');
  } catch (error) {
    if (!(error instanceof ScannerUnavailable)) throw error;
    logger.error('a file could not be scanned, and is not let through', { reason: reason(error) });
    throw new InlayError('busy', 'The scanner does not answer; the file waits for it.', {
      retryAfter: RETRY_AFTER,
    });
  }
}

/** Reads what was brought from start to end, once, without holding it. */
export async function examine(context: FilesContext, whole: Whole): Promise<Examined> {
  const reader = new Reader();
  await scanned(context, reader.pass(await whole.chunks()));
  return await reader.result();
}
