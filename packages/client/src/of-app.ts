import { AppEmoji, type AppEmojiOptions } from './emoji.ts';
import { Gifs } from './gifs.ts';
import { Stickers } from './stickers.ts';

export type { EmojiByName } from './emoji.ts';
export type { GifLocale, GifSearch, Gifs, GifsView } from './gifs.ts';
export type { StickersView } from './stickers.ts';

/** What is picked from beside a text: what the app publishes, and GIFs. It stands in a bundle of its own, which a client loads when it shows the first of it. */
export class OfApp {
  readonly emoji: AppEmoji;
  readonly stickers: Stickers;
  readonly gifs: Gifs;

  constructor(options: AppEmojiOptions) {
    this.emoji = new AppEmoji(options);
    this.stickers = new Stickers(options);
    this.gifs = new Gifs(options);
  }

  /** A session is open and in step. */
  up(): void {
    this.emoji.pump();
    this.stickers.pump();
    this.gifs.pump();
  }

  clear(): void {
    this.emoji.clear();
    this.stickers.clear();
    this.gifs.clear();
  }
}
