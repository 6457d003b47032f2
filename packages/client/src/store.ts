/**
 * A value that can be watched. `get` returns the same reference until the value changed, so that a store fits
 * React's `useSyncExternalStore(store.subscribe, store.get)` as it is.
 */
export interface Store<T> {
  get(): T;
  /** Calls `listener` after every change; returns what stops it. */
  subscribe(listener: () => void): () => void;
}

/** What a store does when the first listener comes and when the last one leaves. */
export interface Watched {
  first?(): void;
  last?(): void;
}

class Listeners {
  readonly #all = new Set<() => void>();
  readonly #watched: Watched;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  get any(): boolean {
    return this.#all.size > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const own = () => listener();
    this.#all.add(own);
    if (this.#all.size === 1) this.#watched.first?.();
    return () => {
      if (this.#all.delete(own) && this.#all.size === 0) this.#watched.last?.();
    };
  };

  tell(): void {
    for (const listener of [...this.#all]) listener();
  }
}

/** A store whose value is set. */
export class Cell<T> implements Store<T> {
  readonly #listeners: Listeners;
  #value: T;
  readonly subscribe: (listener: () => void) => () => void;

  constructor(value: T, watched: Watched = {}) {
    this.#value = value;
    this.#listeners = new Listeners(watched);
    this.subscribe = this.#listeners.subscribe;
  }

  readonly get = (): T => this.#value;

  get watched(): boolean {
    return this.#listeners.any;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.#listeners.tell();
  }
}

/**
 * A store that is worked out from other state when it is asked for. `touch` says that the state changed; listeners
 * hear of it once per microtask, so that a burst of events costs one computation.
 */
export class Computed<T> implements Store<T> {
  readonly #listeners: Listeners;
  readonly #compute: (before: T | undefined) => T;
  #value: T | undefined;
  #stale = true;
  #telling = false;
  readonly subscribe: (listener: () => void) => () => void;

  /** `compute` gets the value before and may return it again to say that nothing changed. */
  constructor(compute: (before: T | undefined) => T, watched: Watched = {}) {
    this.#compute = compute;
    this.#listeners = new Listeners(watched);
    this.subscribe = this.#listeners.subscribe;
  }

  readonly get = (): T => {
    if (this.#stale) {
      this.#value = this.#compute(this.#value);
      this.#stale = false;
    }
    return this.#value as T;
  };

  get watched(): boolean {
    return this.#listeners.any;
  }

  touch(): void {
    this.#stale = true;
    if (this.#telling || !this.#listeners.any) return;
    this.#telling = true;
    queueMicrotask(() => {
      this.#telling = false;
      const before = this.#value;
      if (!Object.is(this.get(), before)) this.#listeners.tell();
    });
  }
}
