import { type Clock, wait } from './clock.ts';
import type { Store } from './store.ts';

/** Milliseconds before a part that could not be loaded is asked for again. */
const AGAIN = 5000;

/** A part of the client that is loaded when it is needed; without a network it is tried again until it is there. */
export class Later<T> {
  readonly #load: () => Promise<T>;
  readonly #clock: Clock;
  #loading: Promise<T> | undefined;
  /** The part, once it is there. */
  now: T | undefined;

  constructor(load: () => Promise<T>, clock: Clock) {
    this.#load = load;
    this.#clock = clock;
  }

  get(): Promise<T> {
    this.#loading ??= this.#try();
    return this.#loading;
  }

  async #try(): Promise<T> {
    for (;;) {
      try {
        this.now = await this.#load();
        return this.now;
      } catch {
        await wait(this.#clock, AGAIN);
      }
    }
  }
}

/** A store that is `otherwise` until the part is there that has it, which the first listener asks for. */
export function laterStore<T, V>(part: Later<T>, otherwise: V, of: (part: T) => Store<V>): Store<V> {
  return {
    get: () => (part.now ? of(part.now).get() : otherwise),
    subscribe(listener) {
      if (part.now) return of(part.now).subscribe(listener);
      let stop: (() => void) | undefined = () => {};
      void part.get().then((loaded) => {
        if (stop === undefined) return;
        stop = of(loaded).subscribe(listener);
        listener();
      });
      return () => {
        stop?.();
        stop = undefined;
      };
    },
  };
}
