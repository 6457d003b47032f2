import { connect, type Socket } from 'node:net';
import { type Scanner, ScannerUnavailable, type Verdict } from '../../ports/scanner.ts';

/** Where clamd listens. */
export type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string };

export interface ClamdOptions {
  /** How long clamd may neither take bytes nor answer, in ms. */
  readonly patience?: number;
}

/** A chunk must be below clamd's StreamMaxLength, whose least sensible value is far above this. */
const CHUNK = 64 * 1024;
const PATIENCE = 120_000;

const broke = (why: string): ScannerUnavailable => new ScannerUnavailable(`clamd: ${why}`);

/** A length as INSTREAM has it: 4 bytes in network order. */
function lengthOf(bytes: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(bytes);
  return head;
}

/** What clamd says once it has made up its mind: `stream: OK`, `stream: <name> FOUND`, or words that end in ERROR. */
function verdictOf(reply: string): Verdict {
  const text = reply.replace(/\0[\s\S]*$/, '').trim();
  if (text === 'stream: OK') return { clean: true };
  const found = /^stream: (.+) FOUND$/.exec(text)?.[1];
  if (found !== undefined) return { clean: false, found: found.slice(0, 200) };
  if (/size limit exceeded/i.test(text)) {
    throw broke('the file is larger than its StreamMaxLength, which must be above INLAY_FILE_BYTES');
  }
  throw broke(`it answered ${JSON.stringify(text.slice(0, 200))}`);
}

/** A connection and what came over it. */
class Conversation {
  readonly #socket: Socket;
  /** Everything until clamd closes; rejects when the connection breaks. */
  readonly reply: Promise<string>;
  #answered = false;

  constructor(address: ClamdAddress, patience: number) {
    const socket = connect({ ...address });
    this.#socket = socket;
    socket.setTimeout(patience, () => socket.destroy(broke('it did not answer in time')));
    let text = '';
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1');
      this.#answered ||= text.includes('\0');
    });
    this.reply = new Promise<string>((resolve, reject) => {
      socket.on('close', () => {
        if (text.includes('\0')) resolve(text);
        else reject(broke('it hung up without an answer'));
      });
      socket.on('error', (error: Error & { code?: string }) => {
        // It stops listening once it has made up its mind.
        if (text.includes('\0')) resolve(text);
        else
          reject(
            error instanceof ScannerUnavailable ? error : broke(`no connection (${error.code ?? 'broken'})`),
          );
      });
    });
    // Looked at when it is waited for.
    this.reply.catch(() => undefined);
  }

  /** Whether clamd has spoken, or will not any more. */
  get isOver(): boolean {
    return this.#answered || this.#socket.destroyed;
  }

  /** Resolves once the bytes are on their way, and their memory may be used for others; or once it is over. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.isOver) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.once('close', resolve).once('data', resolve);
    this.#socket.write(bytes, () => resolve());
    await promise;
    this.#socket.off('close', resolve).off('data', resolve);
  }

  close(): void {
    this.#socket.destroy();
  }
}

/**
 * ClamAV's daemon by its command INSTREAM, `man clamd`: each chunk behind its length, a length of zero at the end.
 * Nothing is connected until something is scanned.
 */
export function clamdScanner(address: ClamdAddress, { patience = PATIENCE }: ClamdOptions = {}): Scanner {
  return {
    name: 'clamd',
    async scan(bytes) {
      const clamd = new Conversation(address, patience);
      try {
        await clamd.write(Buffer.from('zINSTREAM\0'));
        for await (const all of bytes) {
          if (clamd.isOver) break;
          for (let at = 0; at < all.length; at += CHUNK) {
            const chunk = all.subarray(at, at + CHUNK);
            await clamd.write(lengthOf(chunk.length));
            await clamd.write(chunk);
          }
        }
        await clamd.write(lengthOf(0));
        return verdictOf(await clamd.reply);
      } finally {
        clamd.close();
      }
    },
  };
}
