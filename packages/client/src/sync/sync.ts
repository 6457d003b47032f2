import type { Me, Output, SyncPage } from '@inlay-im/protocol';
import { type Clock, wait } from '../clock.ts';
import type { Call, Opened } from '../connection/link.ts';
import type { MyEvent } from '../events.ts';
import { ConnectionLost, isCode, mayRetry, retryAfter } from '../requests/errors.ts';

type Page = Pick<Output<'sync.page'>, 'epoch' | 'me' | 'sync'>;

/** Where this device stands. */
export interface Standing {
  readonly me: Me | undefined;
  readonly epoch: string | undefined;
  readonly cursor: string | undefined;
}

const NOWHERE: Standing = { me: undefined, epoch: undefined, cursor: undefined };

/** What a sync does to the rest of the client. */
export interface SyncTarget {
  readonly call: Call;
  readonly clock: Clock;
  page(page: SyncPage): void;
  apply(event: MyEvent): void;
  /** Drops everything that came from the node: it is of another epoch. */
  wipe(): void;
  /** Me, epoch or cursor changed. */
  stands(standing: Standing): void;
  synced(): void;
}

/**
 * Brings this device in step: pages of what changed since the cursor, and my own events in the order of my revision.
 * [L5] The cursor of a sync is its first page's, and is kept only once its last page was taken in.
 */
export class Sync {
  readonly #target: SyncTarget;
  #standing = NOWHERE;
  /** Counts syncs, so that one which was overtaken keeps nothing. */
  #run = 0;
  #running = false;
  #waiting: MyEvent[] = [];
  #moved = new Map<string, 'in' | 'out'>();

  constructor(target: SyncTarget) {
    this.#target = target;
  }

  get standing(): Standing {
    return this.#standing;
  }

  restore(standing: Standing): void {
    this.#standing = standing;
  }

  /** Forgets where this device stands. */
  reset(): void {
    this.#run += 1;
    this.#running = false;
    this.#waiting = [];
    this.#standing = NOWHERE;
  }

  down(): void {
    this.#run += 1;
    this.#running = false;
  }

  /** [L10] The cursor is of another epoch: it is dropped with all that was cached, and my revision counts anew. */
  resync(): void {
    this.#standing = NOWHERE;
    this.#target.wipe();
  }

  /** A session is open: takes in what changed since the cursor, the first page from `opened` if it is there. */
  up(opened?: Opened): void {
    this.#run += 1;
    this.#start(opened);
  }

  event(event: MyEvent): void {
    const known = this.#standing.me?.rev;
    const { userRev } = event.data;
    if (known !== undefined && userRev <= known) return;
    if (known !== undefined && userRev === known + 1) return this.#apply(event);
    this.#waiting.push(event);
    if (!this.#running) this.#start();
  }

  /** The node's reply to a change of mine stands for the event of that revision, if it is the next one. */
  replied(rev: number): void {
    const { me } = this.#standing;
    if (me !== undefined && rev === me.rev + 1) this.#stand({ me: { ...me, rev } });
  }

  #start(opened?: Opened): void {
    this.#running = true;
    this.#moved.clear();
    const run = this.#run;
    this.#all(run, opened).catch((error) => {
      if (run !== this.#run) return;
      this.#running = false;
      if (!(error instanceof ConnectionLost)) this.#target.synced();
    });
  }

  async #all(run: number, opened: Page | undefined): Promise<void> {
    const first = opened ?? (await this.#fetch(run, this.#fromCursor()));
    if (run !== this.#run) return;
    if (this.#standing.epoch !== undefined && this.#standing.epoch !== first.epoch) {
      const used = this.#standing.cursor !== undefined;
      this.resync();
      if (used) return this.#all(run, undefined);
    }
    this.#take(first);
    for (let next = first.sync.next; next !== null; ) {
      const page = await this.#fetch(run, { next, limit: 200 });
      if (run !== this.#run) return;
      if (page.epoch !== first.epoch) {
        this.resync();
        return this.#all(run, undefined);
      }
      this.#takePage(page.sync);
      next = page.sync.next;
    }
    this.#stand({ cursor: first.sync.cursor, epoch: first.epoch });
    this.#running = false;
    this.#target.synced();
    this.#examine();
  }

  #fromCursor(): { cursor?: string } {
    const { cursor } = this.#standing;
    return cursor === undefined ? {} : { cursor };
  }

  async #fetch(run: number, input: { cursor?: string; next?: string; limit?: number }): Promise<Page> {
    for (let tries = 0; ; tries += 1) {
      try {
        const page = await this.#target.call('sync.page', input);
        return { ...page, me: { ...page.me, rev: page.userRev } };
      } catch (error) {
        if (run !== this.#run || error instanceof ConnectionLost) throw error;
        if (isCode(error, 'resync') && ('cursor' in input || 'next' in input)) {
          this.resync();
          return this.#fetch(run, {});
        }
        if (!mayRetry(error)) throw error;
        await wait(this.#target.clock, retryAfter(error, Math.min(30_000, 1000 * 2 ** tries)));
        if (run !== this.#run) throw error;
      }
    }
  }

  #take(page: Page): void {
    const { me } = this.#standing;
    this.#stand({ epoch: page.epoch, ...(me === undefined || page.me.rev >= me.rev ? { me: page.me } : {}) });
    this.#takePage(page.sync);
    this.#examine();
  }

  /** What I joined or left while the page was on its way is newer than the page. */
  #takePage(page: SyncPage): void {
    this.#target.page({
      ...page,
      conversations: page.conversations.filter(({ id }) => this.#moved.get(id) !== 'out'),
      left: page.left.filter((id) => this.#moved.get(id) !== 'in'),
    });
  }

  #examine(): void {
    const waiting = this.#waiting.sort((a, b) => a.data.userRev - b.data.userRev);
    this.#waiting = [];
    for (const event of waiting) this.event(event);
  }

  #apply(event: MyEvent): void {
    const { me } = this.#standing;
    if (event.event === 'me.changed') this.#stand({ me: { ...event.data.me, rev: event.data.userRev } });
    else if (me !== undefined) this.#stand({ me: { ...me, rev: event.data.userRev } });
    if (event.event === 'conversation.joined') this.#moved.set(event.data.conversation.id, 'in');
    if (event.event === 'conversation.left') this.#moved.set(event.data.conversation, 'out');
    this.#target.apply(event);
  }

  #stand(part: Partial<Standing>): void {
    this.#standing = { ...this.#standing, ...part };
    this.#target.stands(this.#standing);
  }
}
