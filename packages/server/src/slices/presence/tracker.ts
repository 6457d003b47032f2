import { LIMITS, type Presence, type PresenceState, type PresenceVisibility } from '@inlay-im/protocol';
import type { Clock } from '../../core/clock.ts';

/** A person with connections to this node, or who had one a moment ago. */
interface Here {
  connections: number;
  active: number;
  visibility: PresenceVisibility;
  state: PresenceState;
  /** Calls the leaving off; set while the grace runs. */
  stay: (() => void) | null;
}

export interface Person {
  app: number;
  user: string;
}

export interface TrackerOptions {
  clock: Clock;
  /** The state or who may see it changed. `visibility` is who may see it now. */
  changed(person: Person, presence: Presence, visibility: PresenceVisibility): void;
  /** Someone left for good at this time. */
  left(person: Person, at: number): void;
}

const keyOf = ({ app, user }: Person): string => `${app} ${user}`;

/**
 * Whether people are here, from their connections: online while one of them is being looked at, away while there is
 * one, offline once the last one has been gone for a grace, so that a short reconnect is not seen.
 */
export class PresenceTracker {
  readonly #here = new Map<string, Here>();
  readonly #o: TrackerOptions;

  constructor(options: TrackerOptions) {
    this.#o = options;
  }

  connected(person: Person, c: { active: boolean; visibility: PresenceVisibility }): void {
    const here = this.#here.get(keyOf(person)) ?? this.#arrive(person, c.visibility);
    here.stay?.();
    here.stay = null;
    here.connections++;
    if (c.active) here.active++;
    this.#settle(person, here);
  }

  activity(person: Person, active: boolean): void {
    const here = this.#here.get(keyOf(person));
    if (here === undefined) return;
    here.active += active ? 1 : -1;
    this.#settle(person, here);
  }

  disconnected(person: Person, wasActive: boolean): void {
    const here = this.#here.get(keyOf(person));
    if (here === undefined) return;
    here.connections--;
    if (wasActive) here.active--;
    if (here.connections > 0) return this.#settle(person, here);
    const at = this.#o.clock.now();
    here.stay = this.#o.clock.after(LIMITS.presenceGrace, () => this.#leave(person, here, at));
  }

  setVisibility(person: Person, visibility: PresenceVisibility): void {
    const here = this.#here.get(keyOf(person));
    if (here === undefined || here.visibility === visibility) return;
    here.visibility = visibility;
    this.#o.changed(person, this.#presence(person, here), visibility);
  }

  /** What is known here; undefined for someone without a connection to this node. */
  get(person: Person): { presence: Presence; visibility: PresenceVisibility } | undefined {
    const here = this.#here.get(keyOf(person));
    return here && { presence: this.#presence(person, here), visibility: here.visibility };
  }

  /** Calls all leavings off and gives everyone who is here, for the moment in which the node stops. */
  stop(): Person[] {
    for (const here of this.#here.values()) here.stay?.();
    return [...this.#here.keys()].map((key) => {
      const space = key.indexOf(' ');
      return { app: Number(key.slice(0, space)), user: key.slice(space + 1) };
    });
  }

  #arrive(person: Person, visibility: PresenceVisibility): Here {
    const here: Here = { connections: 0, active: 0, visibility, state: 'offline', stay: null };
    this.#here.set(keyOf(person), here);
    return here;
  }

  #settle(person: Person, here: Here): void {
    const state: PresenceState = here.active > 0 ? 'online' : 'away';
    if (state === here.state) return;
    here.state = state;
    this.#o.changed(person, this.#presence(person, here), here.visibility);
  }

  #leave(person: Person, here: Here, at: number): void {
    this.#here.delete(keyOf(person));
    this.#o.left(person, at);
    this.#o.changed(person, { user: person.user, state: 'offline', lastSeenAt: at }, here.visibility);
  }

  #presence({ user }: Person, here: Here): Presence {
    return { user, state: here.state, lastSeenAt: null };
  }
}
