import { toned } from '../emoji/emojis.ts';
import { loadEmojis } from '../emoji/load.ts';
import { emojiMemory } from '../emoji/memory.ts';
import { byShortcode } from '../emoji/search.ts';
import { typeInto } from './insert.ts';
import type { Token } from './token.ts';

/** The emojis that were used last are remembered. */
export const remember = (emoji: string): void => emojiMemory().used(emoji);

export interface Finishing {
  readonly field: HTMLTextAreaElement;
  /** The text in which the last sign of the shortcode, at the caret, was just typed. */
  readonly value: string;
  readonly shortcode: Token;
  readonly locale: string;
}

/** Puts the emoji in the place of a `:shortcode:`. */
export async function finish({ field, value, shortcode, locale }: Finishing): Promise<void> {
  const emoji = byShortcode(await loadEmojis(locale), shortcode.query);
  // Meanwhile the person may have typed on: then it stays as it was typed.
  if (emoji === undefined || field.value !== value || field.selectionStart !== shortcode.end) return;
  const chosen = toned(emoji, emojiMemory().get().tone);
  emojiMemory().used(chosen);
  typeInto(field, { ...shortcode, text: chosen });
}
