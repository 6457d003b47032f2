/**
 * An answer that is told synchronously when it comes. A native promise tells its listeners later, in a micro task;
 * then the acknowledgement of one message could overtake, or be overtaken by, the event of the next.
 */
export class Reply<T> implements PromiseLike<T> {
  #state: { ok: true; value: T } | { ok: false; error: unknown } | undefined;
  #onOk: ((value: T) => void) | undefined;
  #onFail: ((error: unknown) => void) | undefined;

  resolve(value: T): void {
    if (this.#state !== undefined) return;
    this.#state = { ok: true, value };
    this.#onOk?.(value);
  }

  reject(error: unknown): void {
    if (this.#state !== undefined) return;
    this.#state = { ok: false, error };
    this.#onFail?.(error);
  }

  /** One listener, as the gateway is; with a listener's result it behaves like a promise's `then`. */
  then<A = T, B = never>(
    onOk?: ((value: T) => A | PromiseLike<A>) | null,
    onFail?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): PromiseLike<A | B> {
    const next = new Reply<A | B>();
    this.#onOk = (value) => settle(next, () => (onOk ? onOk(value) : (value as unknown as A)));
    this.#onFail = (error) => {
      if (onFail) settle(next, () => onFail(error));
      else next.reject(error);
    };
    if (this.#state?.ok === true) this.#onOk(this.#state.value);
    else if (this.#state?.ok === false) this.#onFail(this.#state.error);
    return next;
  }
}

function settle<T>(next: Reply<T>, run: () => T | PromiseLike<T>): void {
  try {
    const value = run();
    if (typeof (value as PromiseLike<T> | undefined)?.then === 'function') {
      (value as PromiseLike<T>).then(
        (v) => next.resolve(v),
        (e: unknown) => next.reject(e),
      );
    } else next.resolve(value as T);
  } catch (error) {
    next.reject(error);
  }
}
