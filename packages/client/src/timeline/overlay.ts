import type { Message } from '@inlay-im/protocol';
import type { SendableBody } from '../outbox/outbox.ts';
import { shownMedia } from '../uploads/file.ts';

/** A message beside my reactions to it, and whether I played it. */
export interface Shown {
  readonly message: Message;
  readonly mine: readonly string[];
  readonly played: boolean;
}

/** A change of mine that is shown before the node has confirmed it. */
export type Overlay = (shown: Shown) => Shown;

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

/** A changed body as it will look: files stay what they are. */
function changed(body: SendableBody, before: Message['body']): Message['body'] {
  if (body.kind === 'sticker') return before;
  if (body.kind !== 'media') return body;
  return shownMedia(body, before?.kind === 'media' ? before.items : []);
}

export const withBody =
  (body: SendableBody, at: number): Overlay =>
  (shown) => {
    const { message } = shown;
    return { ...shown, message: { ...message, body: changed(body, message.body), editedAt: at } };
  };

export const recalled =
  (by: string, at: number): Overlay =>
  ({ message }) => ({
    played: false,
    message: { ...message, body: null, recalledAt: at, recalledBy: by, reactions: [] },
    mine: [],
  });

export const asPlayed: Overlay = (shown) => ({ ...shown, played: true });

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
      ...shown,
      message: { ...message, reactions: changed.filter((reaction) => reaction.count > 0) },
      mine: on ? [...mine, emoji] : mine.filter((other) => other !== emoji),
    };
  };
