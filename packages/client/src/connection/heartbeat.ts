/** Silence after which the client asks whether the node is alive. */
export const SILENCE = 20_000;
/** How long the node has to answer. */
export const DEADLINE = 10_000;

/** What was last heard and asked; times in milliseconds. `askedAt` is null while no ping waits for an answer. */
export interface Pulse {
  heardAt: number;
  askedAt: number | null;
}

export type Beat = { do: 'wait'; until: number } | { do: 'ask' } | { do: 'giveUp' };

/** What to do about the pulse at `now`: wait, ask, or take the peer for dead. Any frame counts as heard. */
export function beat(pulse: Pulse, now: number): Beat {
  if (pulse.askedAt !== null && pulse.heardAt < pulse.askedAt) {
    const deadline = pulse.askedAt + DEADLINE;
    return now >= deadline ? { do: 'giveUp' } : { do: 'wait', until: deadline };
  }
  const due = pulse.heardAt + SILENCE;
  return now >= due ? { do: 'ask' } : { do: 'wait', until: due };
}
