/** Tasks that follow one another for each key, so that none overtakes an earlier one. */
export class LookUps {
  readonly #last = new Map<string, Promise<void>>();

  has(key: string): boolean {
    return this.#last.has(key);
  }

  add(key: string, task: () => Promise<void>): void {
    const before = this.#last.get(key);
    const mine = (before === undefined ? task() : before.then(task)).then(() => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    });
    this.#last.set(key, mine);
  }
}
