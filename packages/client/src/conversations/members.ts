import type { Member } from '@inlay-im/protocol';
import { type Clock, wait } from '../clock.ts';
import type { Call } from '../connection/link.ts';
import { ConnectionLost, mayRetry, retryAfter } from '../requests/errors.ts';
import { Cell, type Store } from '../store.ts';

/** The members that are loaded, in the order in which they joined. `complete`: there are no more. */
export interface MembersView {
  readonly items: readonly Member[];
  readonly complete: boolean;
  readonly loading: boolean;
}

const NOTHING: MembersView = { items: [], complete: false, loading: false };
const PAGE = 100;
/** Milliseconds before a list that could not be loaded is asked for again. */
const AGAIN = 2000;

function merge(items: readonly Member[], changed: readonly Member[], complete: boolean): Member[] {
  const members = new Map(items.map((member) => [member.user, member]));
  for (const member of changed) {
    const held = members.get(member.user);
    if (held !== undefined ? held.rev > member.rev : !complete) continue;
    members.set(member.user, member);
  }
  return [...members.values()].filter((member) => !member.left);
}

/** The member list of one conversation, loaded while someone listens and kept up to date by events. */
export class Members implements Store<MembersView> {
  readonly #conversation: string;
  readonly #call: Call;
  readonly #clock: Clock;
  readonly #view = new Cell<MembersView>(NOTHING, { first: () => this.#reload() });
  readonly subscribe = this.#view.subscribe;
  readonly get = this.#view.get;
  #next: string | null = null;
  #loaded = false;
  /** Changes that came while a page was on its way. */
  #meanwhile: Member[] = [];
  #turn = 0;

  constructor(conversation: string, call: Call, clock: Clock) {
    this.#conversation = conversation;
    this.#call = call;
    this.#clock = clock;
  }

  /** A session opened: what someone looks at and could not be loaded is loaded now. */
  resume(): void {
    if (this.#view.watched && !this.get().loading) this.#reload();
  }

  /** Loads a further page. */
  async more(): Promise<void> {
    if (this.get().loading || (this.#loaded && this.#next === null)) return;
    const turn = this.#turn;
    this.#show({ loading: true });
    try {
      const next = this.#next === null ? {} : { next: this.#next };
      const page = await this.#call('members.list', {
        conversation: this.#conversation,
        limit: PAGE,
        ...next,
      });
      if (turn !== this.#turn) return;
      const held = this.#loaded ? this.get().items : [];
      this.#loaded = true;
      this.#next = page.next;
      const items = merge(held, [...page.members, ...this.#meanwhile], true);
      this.#show({ items, complete: page.next === null });
    } finally {
      if (turn === this.#turn) {
        this.#meanwhile = [];
        this.#show({ loading: false });
      }
    }
  }

  /** These members changed; undefined: some did; null: they are not mine to see any more. */
  heard(members: readonly Member[] | undefined | null): void {
    if (members === null) return this.#forget();
    if (members === undefined) return this.#stale();
    if (this.get().loading) this.#meanwhile.push(...members);
    if (this.#loaded) this.#show({ items: merge(this.get().items, members, this.get().complete) });
    // There was nothing to be had before, and now there is.
    else this.resume();
  }

  #stale(): void {
    const { items } = this.get();
    this.#forget();
    if (!this.#view.watched) return;
    this.#show({ items });
    this.#reload();
  }

  #forget(): void {
    this.#turn += 1;
    this.#loaded = false;
    this.#next = null;
    this.#meanwhile = [];
    this.#view.set(NOTHING);
  }

  /** What is shown stays until the new page is there. */
  #reload(): void {
    if (this.#loaded) return;
    this.more().catch((error) => {
      // A connection that ended comes back with `resume`.
      if (error instanceof ConnectionLost || !mayRetry(error)) return;
      void wait(this.#clock, retryAfter(error, AGAIN)).then(() => this.resume());
    });
  }

  #show(part: Partial<MembersView>): void {
    this.#view.set({ ...this.get(), ...part });
  }
}
