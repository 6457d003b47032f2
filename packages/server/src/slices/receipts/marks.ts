/** How far one member has come in one conversation. */
export interface Mark {
  conversation: string;
  user: string;
  readN: number;
  deliveredN: number;
}

/** A conversation's two highest marks of one kind: the highest of all but someone is the first, or the second if they hold the first. */
export interface Top {
  n: number;
  by: string | null;
  n2: number;
}

/** The top after `user` has come to `n`. Merging by maximum: order and repetition do not matter. */
export function raise(top: Top, user: string, n: number): Top {
  if (top.by === user) return n > top.n ? { ...top, n } : top;
  if (n > top.n) return { n, by: user, n2: top.n };
  return n > top.n2 ? { ...top, n2: n } : top;
}

/** Marks that wait to be written, merged by maximum for each member. */
export class PendingMarks<T> {
  #marks = new Map<string, { mark: Mark; waiting: T[] }>();

  get size(): number {
    return this.#marks.size;
  }

  add(mark: Mark, waiting: T): void {
    const key = `${mark.conversation} ${mark.user}`;
    const found = this.#marks.get(key);
    if (found === undefined) {
      this.#marks.set(key, { mark, waiting: [waiting] });
      return;
    }
    found.mark = {
      ...mark,
      readN: Math.max(mark.readN, found.mark.readN),
      deliveredN: Math.max(mark.deliveredN, found.mark.deliveredN),
    };
    found.waiting.push(waiting);
  }

  /** Takes out up to `limit` of them, longest waiting first. */
  take(limit: number): { mark: Mark; waiting: T[] }[] {
    const taken = [...this.#marks.entries()].slice(0, limit);
    for (const [key] of taken) this.#marks.delete(key);
    return taken.map(([, value]) => value);
  }
}
