import { AppEmoji, type AppEmojiOptions } from './emoji.ts';
import { Stickers } from './stickers.ts';

export type { EmojiByName } from './emoji.ts';
export type { StickersView } from './stickers.ts';

/** What the app publishes. It stands in a bundle of its own, which a client loads when it shows the first of it. */
export class OfApp {
  readonly emoji: AppEmoji;
  readonly stickers: Stickers;

  constructor(options: AppEmojiOptions) {
    this.emoji = new AppEmoji(options);
    this.stickers = new Stickers(options);
  }

  /** A session is open and in step. */
  up(): void {
    this.emoji.pump();
    this.stickers.pump();
  }

  clear(): void {
    this.emoji.clear();
    this.stickers.clear();
  }
}
