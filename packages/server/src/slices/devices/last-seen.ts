import type { Clock } from '../../core/clock.ts';
import { type Logger, reason } from '../../core/log.ts';
import { OnceAMinute } from '../../core/once-a-minute.ts';
import type { Db } from '../../db/database.ts';
import { writeLastSeen } from './queries.ts';

/** How long uses are gathered before they are written, in ms. */
const GATHER = 1_000;
const BATCH = 1000;
const DEVICES = 100_000;

export interface LastSeenDeps {
  db: Db;
  clock: Clock;
  logger: Logger;
}

/** Writes down when devices were used: at most once a minute each, many at a time. */
export class LastSeen {
  readonly #deps: LastSeenDeps;
  readonly #uses = new OnceAMinute(DEVICES);
  #waiting: { id: string; at: number }[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(deps: LastSeenDeps) {
    this.#deps = deps;
  }

  touch(device: string): void {
    const at = this.#deps.clock.now();
    if (!this.#uses.due(device, at)) return;
    this.#waiting.push({ id: device, at });
    if (this.#waiting.length === 1) this.#deps.clock.after(GATHER, () => void this.flush());
  }

  /** Writes what is gathered; resolves when it is stored. */
  flush(): Promise<void> {
    const seen = this.#waiting;
    this.#waiting = [];
    this.#writing = this.#writing.then(() => this.#write(seen));
    return this.#writing;
  }

  async #write(seen: { id: string; at: number }[]): Promise<void> {
    const { db, logger } = this.#deps;
    try {
      for (let i = 0; i < seen.length; i += BATCH) await writeLastSeen(db, seen.slice(i, i + BATCH));
    } catch (error) {
      logger.warn('the last use of devices was not stored', { devices: seen.length, reason: reason(error) });
    }
  }
}
