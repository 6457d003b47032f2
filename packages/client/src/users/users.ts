import type { User } from '@inlay-im/protocol';
import { LIMITS } from '@inlay-im/protocol/rules';
import type { Call } from '../connection/link.ts';
import { Cell, type Store } from '../store.ts';

export interface UsersOptions {
  readonly call: Call;
  up(): boolean;
  stored(id: string): Promise<User | undefined>;
  learned(user: User): void;
}

const sameUser = (a: User, b: User): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Profiles of people. Whoever is asked for is fetched once, together with all that were asked for at the same time. */
export class Users {
  readonly #options: UsersOptions;
  readonly #cells = new Map<string, Cell<User | undefined>>();
  #wanted = new Set<string>();
  #asking = false;

  constructor(options: UsersOptions) {
    this.#options = options;
  }

  /** A person's profile; undefined until it is known, or for good where there is no such person. */
  get(id: string): Store<User | undefined> {
    return this.#cell(id, true);
  }

  learn(users: readonly User[]): void {
    for (const user of users) {
      this.#wanted.delete(user.id);
      const cell = this.#cell(user.id, false);
      const held = cell.get();
      if (held !== undefined && sameUser(held, user)) continue;
      cell.set(user);
      this.#options.learned(user);
    }
  }

  clear(): void {
    for (const cell of this.#cells.values()) cell.set(undefined);
    this.#cells.clear();
    this.#wanted.clear();
  }

  /** Fetches what is wanted. To be called whenever a session opened, too. */
  pump(): void {
    if (this.#asking || this.#wanted.size === 0 || !this.#options.up()) return;
    this.#asking = true;
    queueMicrotask(() => this.#ask());
  }

  async #ask(): Promise<void> {
    const users = [...this.#wanted].slice(0, LIMITS.idsPerCall);
    for (const id of users) this.#wanted.delete(id);
    try {
      this.learn((await this.#options.call('users.get', { users })).users);
    } catch {
      for (const id of users) this.#wanted.add(id);
      this.#asking = false;
      return;
    }
    this.#asking = false;
    this.pump();
  }

  #cell(id: string, fetch: boolean): Cell<User | undefined> {
    const held = this.#cells.get(id);
    if (held) return held;
    const cell = new Cell<User | undefined>(undefined);
    this.#cells.set(id, cell);
    if (fetch) {
      this.#wanted.add(id);
      this.#options.stored(id).then(
        (user) => user && cell.get() === undefined && cell.set(user),
        () => {},
      );
      this.pump();
    }
    return cell;
  }
}
