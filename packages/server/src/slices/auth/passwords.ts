import { availableParallelism } from 'node:os';
import { InlayError } from '@inlay-im/protocol';

/** argon2id as OWASP's Password Storage Cheat Sheet has it: 19 MiB, two passes, one lane. About 40 ms of one core. */
const ARGON2 = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const;

/** One core is left for messages. */
const PARALLEL = Math.max(1, availableParallelism() - 1);
/** Hashes that may wait: about two seconds' worth. */
const WAITING = 50 * PARALLEL;

/** One spelling of what looks the same on different keyboards (RFC 8265 section 4.2.2). */
const prepared = (password: string): string => password.normalize('NFC');

/** Hashes passwords, a few at the same time, so that attempts to sign in cannot take the whole machine. */
export class Passwords {
  #running = 0;
  readonly #queue: (() => void)[] = [];
  #dummy: Promise<string> | undefined;

  /** The hash in PHC form. Throws `busy`. */
  hash(password: string): Promise<string> {
    return this.#gated(() => Bun.password.hash(prepared(password), ARGON2));
  }

  /** Whether it is the password. Without a hash the answer is no, and takes the same time. Throws `busy`. */
  async verify(password: string, hash: string | null | undefined): Promise<boolean> {
    this.#dummy ??= Bun.password.hash(crypto.randomUUID(), ARGON2);
    const dummy = await this.#dummy;
    const right = await this.#gated(() => Bun.password.verify(prepared(password), hash ?? dummy));
    return right && hash != null;
  }

  async #gated<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < PARALLEL) this.#running++;
    else if (this.#queue.length >= WAITING) {
      throw new InlayError('busy', 'Too many people sign in just now; try again.', { retryAfter: 2000 });
    } else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await work();
    } finally {
      // Hands its place on, or gives it up.
      const next = this.#queue.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
