import { conversationTopic } from '../log/index.ts';
import type { SocketSession } from './session.ts';

const keyOf = (app: number, user: string): string => `${app} ${user}`;

/** Books of who is connected: by address, by person, and who has not signed in yet. It opens and closes nothing. */
export class Sessions {
  readonly #all = new Set<SocketSession>();
  readonly #byUser = new Map<string, Set<SocketSession> | SocketSession>();
  readonly #byAddress = new Map<string, number>();
  readonly #unsigned = new Set<SocketSession>();
  /** How many have signed in since the start. */
  signIns = 0;
  #inFlight = 0;
  #whenIdle: (() => void)[] = [];
  /** Whether the node stops: what is asked from now on is refused, what is being done is finished. */
  stopping = false;

  /** A request begins to wait for its reply. */
  began(session: SocketSession): void {
    session.inFlight++;
    this.#inFlight++;
  }

  /** A request got its reply. */
  ended(session: SocketSession): void {
    session.inFlight--;
    this.#inFlight--;
    if (this.#inFlight === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** Resolves when no request waits for its reply. */
  idle(): Promise<void> {
    if (this.#inFlight === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  get size(): number {
    return this.#all.size;
  }

  all(): Iterable<SocketSession> {
    return this.#all;
  }

  unsigned(): Iterable<SocketSession> {
    return this.#unsigned;
  }

  countOfAddress(address: string): number {
    return this.#byAddress.get(address) ?? 0;
  }

  add(session: SocketSession): void {
    this.#all.add(session);
    this.#unsigned.add(session);
    this.#byAddress.set(session.address, this.countOfAddress(session.address) + 1);
  }

  signIn(session: SocketSession, app: number, user: string): void {
    this.signIns++;
    this.#unsigned.delete(session);
    const key = keyOf(app, user);
    const there = this.#byUser.get(key);
    // Most people have one connection; a set for each would be the larger part of a session's memory.
    if (there === undefined) this.#byUser.set(key, session);
    else if (there instanceof Set) there.add(session);
    else this.#byUser.set(key, new Set([there, session]));
  }

  remove(session: SocketSession): void {
    if (!this.#all.delete(session)) return;
    this.#unsigned.delete(session);
    const left = this.countOfAddress(session.address) - 1;
    if (left <= 0) this.#byAddress.delete(session.address);
    else this.#byAddress.set(session.address, left);
    const caller = session.signedIn?.caller;
    if (caller === undefined) return;
    const key = keyOf(caller.app.pk, caller.user);
    const there = this.#byUser.get(key);
    if (there === session) this.#byUser.delete(key);
    else if (there instanceof Set && there.delete(session) && there.size === 0) this.#byUser.delete(key);
  }

  ofUser(app: number, user: string): readonly SocketSession[] {
    const there = this.#byUser.get(keyOf(app, user));
    if (there === undefined) return [];
    return there instanceof Set ? [...there] : [there];
  }

  /** Those of a device; seldom asked for, so there is no index of them. */
  ofDevice(device: string): SocketSession[] {
    return [...this.#all].filter((session) => session.signedIn?.caller.device === device);
  }

  /** Makes a person's sessions follow a conversation, or stop. A session that is being opened takes note of it. */
  membership(m: { app: number; user: string; conversation: string; member: boolean }): void {
    const topic = conversationTopic(m.conversation);
    for (const session of this.ofUser(m.app, m.user)) {
      if (m.member) {
        session.leftMeanwhile?.delete(m.conversation);
        session.subscribe(topic);
      } else {
        session.leftMeanwhile?.add(m.conversation);
        session.unsubscribe(topic);
      }
    }
  }
}
