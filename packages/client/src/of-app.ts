import { AppEmoji, type AppEmojiOptions } from './emoji.ts';

export type { EmojiByName } from './emoji.ts';

/** What the app publishes. It stands in a bundle of its own, which a client loads when it shows the first of it. */
export class OfApp {
  readonly emoji: AppEmoji;

  constructor(options: AppEmojiOptions) {
    this.emoji = new AppEmoji(options);
  }

  /** A session opened. */
  up(): void {
    this.emoji.pump();
  }

  clear(): void {
    this.emoji.clear();
  }
}
