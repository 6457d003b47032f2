import type { Channel, Locks } from '../tabs/ports.ts';

interface Claim {
  readonly run: () => Promise<unknown>;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
  readonly owner: string;
}

/** The browser's locks and channels for tabs of one process; a tab can be killed in the middle of anything. */
export class Browser {
  readonly #queues = new Map<string, Claim[]>();
  readonly #channels = new Set<{ name: string; owner: string; channel: Channel }>();
  readonly #dead = new Set<string>();

  tab(owner: string): { locks: Locks; channel(name: string): Channel } {
    return { locks: this.#locks(owner), channel: (name) => this.#open(owner, name) };
  }

  /** The tab is gone without a word: its locks go to the next, its channels are silent. */
  kill(owner: string): void {
    this.#dead.add(owner);
    for (const [name, queue] of this.#queues) {
      const held = queue[0]?.owner === owner;
      this.#queues.set(
        name,
        queue.filter((claim) => claim.owner !== owner),
      );
      if (held) this.#next(name);
    }
  }

  #locks(owner: string): Locks {
    return {
      request: (name, { signal }, run) =>
        new Promise((done, failed) => {
          const queue = this.#queues.get(name) ?? [];
          const claim = { run, done: done as never, failed, owner };
          this.#queues.set(name, [...queue, claim]);
          signal?.addEventListener('abort', () => {
            const now = this.#queues.get(name) ?? [];
            if (now[0] === claim) return;
            this.#queues.set(
              name,
              now.filter((other) => other !== claim),
            );
            failed(signal.reason);
          });
          if (queue.length === 0) this.#next(name);
        }),
    };
  }

  #next(name: string): void {
    const claim = this.#queues.get(name)?.[0];
    if (claim === undefined) return;
    queueMicrotask(() =>
      claim
        .run()
        .then(claim.done, claim.failed)
        .finally(() => {
          if (this.#dead.has(claim.owner)) return;
          this.#queues.set(name, (this.#queues.get(name) ?? []).slice(1));
          this.#next(name);
        }),
    );
  }

  #open(owner: string, name: string): Channel {
    const channel: Channel = {
      onmessage: null,
      close: () => this.#channels.delete(entry),
      postMessage: (message) => {
        if (this.#dead.has(owner)) return;
        const data = structuredClone(message);
        for (const other of this.#channels) {
          if (other === entry || other.name !== name || this.#dead.has(other.owner)) continue;
          queueMicrotask(() => other.channel.onmessage?.({ data: structuredClone(data) }));
        }
      },
    };
    const entry = { name, owner, channel };
    this.#channels.add(entry);
    return channel;
  }
}
