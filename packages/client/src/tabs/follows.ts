import type { Call } from '../connection/link.ts';

/** What is followed per session, and is therefore counted over all tabs before it is left. */
const LISTS = { 'presence.subscribe': 'follow', 'presence.unsubscribe': 'leave' } as const;
const SINGLES = { 'conversations.watch': 'follow', 'conversations.unwatch': 'leave' } as const;

/** Calls of several tabs over one session: a thing is left only when no tab follows it any more. */
export class Follows {
  readonly #call: Call;
  readonly #tabs = new Map<string, Set<string>>();

  constructor(call: Call) {
    this.#call = call;
  }

  async run(tab: string, op: string, input: unknown): Promise<unknown> {
    const call = this.#call as (op: string, input: unknown) => Promise<unknown>;
    if (op in LISTS) {
      const { users } = input as { users: string[] };
      if (LISTS[op as keyof typeof LISTS] === 'follow') this.#add(tab, users);
      else {
        const left = users.filter((user) => this.#remove(tab, user));
        return left.length > 0 ? call(op, { users: left }) : {};
      }
    } else if (op in SINGLES) {
      const { conversation } = input as { conversation: string };
      const key = `conversation ${conversation}`;
      if (SINGLES[op as keyof typeof SINGLES] === 'follow') this.#add(tab, [key]);
      else if (!this.#remove(tab, key)) return {};
    }
    return call(op, input);
  }

  /** A tab closed: leaves the people that only it followed. */
  bye(tab: string): void {
    const left = [...this.#tabs.keys()].filter(
      (key) => this.#tabs.get(key)?.has(tab) && this.#remove(tab, key),
    );
    const users = left.filter((key) => !key.includes(' '));
    for (let i = 0; i < users.length; i += 100) {
      this.#call('presence.unsubscribe', { users: users.slice(i, i + 100) }).catch(() => {});
    }
  }

  #add(tab: string, keys: readonly string[]): void {
    for (const key of keys) this.#tabs.set(key, (this.#tabs.get(key) ?? new Set()).add(tab));
  }

  /** Whether nobody is left. */
  #remove(tab: string, key: string): boolean {
    const tabs = this.#tabs.get(key);
    tabs?.delete(tab);
    if (tabs !== undefined && tabs.size > 0) return false;
    this.#tabs.delete(key);
    return true;
  }
}
