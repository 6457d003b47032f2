/** Time as an argument. `now` is milliseconds since the epoch, `after` runs a task once and returns how to call it off. */
export interface Clock {
  now(): number;
  after(milliseconds: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, task) {
    const timer = setTimeout(task, milliseconds);
    return () => clearTimeout(timer);
  },
};
