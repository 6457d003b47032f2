import { Cell, type ConversationHandle } from '@inlay-im/client';

/** The message that is answered or edited. */
export interface Target {
  readonly to: 'reply' | 'edit';
  readonly n: number;
  readonly key: string;
}

/**
 * What the parts of one open conversation share: which message is answered or edited, which ones are selected, and
 * the way to one of them. Parts listen to what concerns them, so that none renders for another's sake.
 */
export class Workbench {
  readonly handle: ConversationHandle;
  readonly target = new Cell<Target | undefined>(undefined);
  /** Keys of the selected messages; undefined: not selecting. */
  readonly selected = new Cell<ReadonlySet<string> | undefined>(undefined);
  /** The message to go to: set by whoever wants to, cleared by the timeline once it is shown. */
  readonly wanted = new Cell<number | undefined>(undefined);

  constructor(handle: ConversationHandle) {
    this.handle = handle;
  }

  /** Goes to a message, which is loaded first where it is not there. */
  readonly jumpTo = (n: number): void => this.wanted.set(n);

  /** The conversation is left: what was begun on its messages is over. */
  readonly leave = (): void => {
    this.target.set(undefined);
    this.selected.set(undefined);
    this.wanted.set(undefined);
  };

  /** Selects a message or lets go of it; the last one that is let go of ends selecting. */
  readonly toggle = (key: string): void => {
    const chosen = new Set(this.selected.get());
    if (!chosen.delete(key)) chosen.add(key);
    this.selected.set(chosen.size > 0 ? chosen : undefined);
  };
}

const benches = new WeakMap<ConversationHandle, Workbench>();

/** The workbench of a conversation: one for each handle, so that list, timeline and composer find the same. */
export function workbenchOf(handle: ConversationHandle): Workbench {
  const held = benches.get(handle);
  if (held) return held;
  const made = new Workbench(handle);
  benches.set(handle, made);
  return made;
}
