import type { SharedKind } from '@inlay-im/protocol';
import type { Heard } from '../conversations/core.ts';
import { Shared, type SharedOptions } from './shared.ts';

export interface SharedPagesOptions extends Pick<SharedOptions, 'call' | 'clock'> {
  /** The number up to which nothing of a conversation is shown. */
  hiddenUpTo(conversation: string): number;
}

/** What was shared in all conversations that were asked about, one store for each kind. */
export class SharedPages {
  readonly #options: SharedPagesOptions;
  readonly #all = new Map<string, Map<SharedKind, Shared>>();

  constructor(options: SharedPagesOptions) {
    this.#options = options;
  }

  of(conversation: string, kind: SharedKind): Shared {
    const kinds = this.#all.get(conversation) ?? new Map<SharedKind, Shared>();
    this.#all.set(conversation, kinds);
    const held = kinds.get(kind);
    if (held) return held;
    const { call, clock } = this.#options;
    const hiddenUpTo = () => this.#options.hiddenUpTo(conversation);
    const shared = new Shared({ conversation, kind, call, clock, hiddenUpTo });
    kinds.set(kind, shared);
    return shared;
  }

  heard(conversation: string, what: Heard): void {
    for (const shared of this.#all.get(conversation)?.values() ?? []) shared.heard(what);
  }

  touch(conversation: string): void {
    for (const shared of this.#all.get(conversation)?.values() ?? []) shared.touch();
  }

  /** A session opened and is in step. */
  resume(): void {
    for (const kinds of this.#all.values()) for (const shared of kinds.values()) shared.resume();
  }
}
