import type { OutboxFile } from './file.ts';
import { isRunning, START, type State } from './machine.ts';

/** Files that are brought at the same time. */
const AT_ONCE = 2;

/** One file of a message, and how far it is. */
export interface Job {
  /** The message's id. */
  readonly message: string;
  readonly file: OutboxFile;
  state: State;
}

/**
 * Keeps the book of the files that messages wait for, in the order in which they are to be brought: the messages' own,
 * and in a message the still of a video before the video, which cannot begin before its still is whole.
 */
export class Queue {
  readonly #jobs = new Map<string, Job>();

  get(file: string): Job | undefined {
    return this.#jobs.get(file);
  }

  all(): Job[] {
    return [...this.#jobs.values()];
  }

  of(message: string): Job[] {
    return this.all().filter((job) => job.message === message);
  }

  /** Holds exactly these from now on; gives those that are not among them any more. */
  set(files: readonly { readonly message: string; readonly file: OutboxFile }[]): Job[] {
    const before = new Map(this.#jobs);
    this.#jobs.clear();
    for (const { message, file } of files) {
      this.#jobs.set(file.file, before.get(file.file) ?? { message, file, state: START });
      before.delete(file.file);
    }
    return [...before.values()];
  }

  forget({ file }: Job): void {
    this.#jobs.delete(file.file);
  }

  /** What is to begin now. */
  due(): Job[] {
    const all = this.all();
    const free = AT_ONCE - all.filter(({ state }) => isRunning(state)).length;
    return all
      .filter((job) => job.state.name === 'waiting' && this.#mayBegin(job))
      .slice(0, Math.max(0, free));
  }

  #mayBegin({ file: { poster } }: Job): boolean {
    return poster === undefined || this.get(poster.file)?.state.name === 'whole';
  }
}
