import type { Presence } from '@inlay-im/protocol';
import { LIMITS } from '@inlay-im/protocol/rules';
import type { Clock } from '../clock.ts';
import type { Call } from '../connection/link.ts';
import { ConnectionLost, mayRetry, retryAfter } from '../requests/errors.ts';
import { Computed, type Store } from '../store.ts';

/** Milliseconds before the node is asked again that could not answer. */
const AGAIN = 1000;

export type PresenceView = ReadonlyMap<string, Presence>;

/** Whether people are here, followed at the node for as long as someone listens. */
export class Presences {
  readonly #call: Call;
  readonly #clock: Clock;
  readonly #up: () => boolean;
  readonly #known = new Map<string, Presence>();
  readonly #followers = new Map<string, number>();
  readonly #views = new Set<{ users: ReadonlySet<string>; store: Computed<PresenceView> }>();

  constructor(call: Call, clock: Clock, up: () => boolean) {
    this.#call = call;
    this.#clock = clock;
    this.#up = up;
  }

  /** The presence of these people; whoever is not known yet is missing. */
  of(users: readonly string[]): Store<PresenceView> {
    const wanted = new Set(users);
    const view = {
      users: wanted,
      store: new Computed<PresenceView>(
        () =>
          new Map(
            [...wanted].flatMap((id) => (this.#known.has(id) ? [[id, this.#known.get(id) as Presence]] : [])),
          ),
        {
          first: () => {
            this.#views.add(view);
            this.#follow([...wanted].filter((id) => this.#count(id, 1) === 1));
          },
          last: () => {
            this.#views.delete(view);
            this.#leave([...wanted].filter((id) => this.#count(id, -1) === 0));
          },
        },
      ),
    };
    return view.store;
  }

  learn(presence: readonly Presence[]): void {
    for (const one of presence) this.#known.set(one.user, one);
    for (const { users, store } of this.#views)
      if (presence.some((one) => users.has(one.user))) store.touch();
  }

  /** A session opened: follows everyone anew. */
  resume(): void {
    this.#follow([...this.#followers.keys()]);
  }

  /** Without a session nobody's presence is known. */
  clear(): void {
    this.#known.clear();
    for (const { store } of this.#views) store.touch();
  }

  #count(id: string, by: 1 | -1): number {
    const count = (this.#followers.get(id) ?? 0) + by;
    if (count > 0) this.#followers.set(id, count);
    else this.#followers.delete(id);
    return count;
  }

  #follow(users: readonly string[]): void {
    for (const some of this.#chunks(users)) {
      this.#call('presence.subscribe', { users: some }).then(
        ({ presence }) => this.learn(presence),
        (error: unknown) => {
          if (error instanceof ConnectionLost || !mayRetry(error)) return;
          this.#clock.after(retryAfter(error, AGAIN), () =>
            this.#follow(some.filter((id) => this.#followers.has(id))),
          );
        },
      );
    }
  }

  #leave(users: readonly string[]): void {
    for (const id of users) this.#known.delete(id);
    for (const some of this.#chunks(users))
      this.#call('presence.unsubscribe', { users: some }).catch(() => {});
  }

  #chunks(users: readonly string[]): string[][] {
    if (!this.#up()) return [];
    const count = Math.ceil(users.length / LIMITS.idsPerCall);
    return Array.from({ length: count }, (_, i) =>
      users.slice(i * LIMITS.idsPerCall, (i + 1) * LIMITS.idsPerCall),
    );
  }
}
