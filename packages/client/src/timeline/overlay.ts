import type { Message } from '@inlay-im/protocol';

/** A message beside my reactions to it. */
export interface Reacted {
  readonly message: Message;
  readonly mine: readonly string[];
}

/** A change of mine that is shown before the node has confirmed it. */
export type Overlay = (shown: Reacted) => Reacted;

/** What is shown over the messages of one conversation. Taking an overlay away rolls its change back. */
export class Overlays {
  readonly #byNumber = new Map<number, readonly Overlay[]>();

  /** What I am deleting for myself. */
  readonly hidden = new Set<number>();

  of(n: number): readonly Overlay[] | undefined {
    return this.#byNumber.get(n);
  }

  /** Shows a change; returns what takes it away. */
  add(n: number, overlay: Overlay): () => void {
    this.#byNumber.set(n, [...(this.of(n) ?? []), overlay]);
    return () => {
      const left = (this.of(n) ?? []).filter((other) => other !== overlay);
      if (left.length > 0) this.#byNumber.set(n, left);
      else this.#byNumber.delete(n);
    };
  }
}

export const withBody =
  (body: Message['body'], at: number): Overlay =>
  ({ message, mine }) => ({ message: { ...message, body, editedAt: at }, mine });

export const recalled =
  (by: string, at: number): Overlay =>
  ({ message }) => ({
    message: { ...message, body: null, recalledAt: at, recalledBy: by, reactions: [] },
    mine: [],
  });

/** Adds or takes back one reaction of mine; where it is so already nothing changes. */
export const withReaction =
  (emoji: string, on: boolean): Overlay =>
  (shown) => {
    const { message, mine } = shown;
    if (mine.includes(emoji) === on) return shown;
    const held = message.reactions.find((reaction) => reaction.emoji === emoji);
    const count = (held?.count ?? 0) + (on ? 1 : -1);
    const changed = held
      ? message.reactions.map((reaction) => (reaction === held ? { emoji, count } : reaction))
      : [...message.reactions, { emoji, count }];
    return {
      message: { ...message, reactions: changed.filter((reaction) => reaction.count > 0) },
      mine: on ? [...mine, emoji] : mine.filter((other) => other !== emoji),
    };
  };
