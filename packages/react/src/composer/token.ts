/** What is being typed at the caret and can be completed. `start` and `end` are places in the text, the sign included. */
export interface Token {
  readonly kind: 'mention' | 'emoji';
  readonly query: string;
  readonly start: number;
  readonly end: number;
}

/** A change of a text: what stands from `start` to `end` gives way to `text`. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Longer than any name; it bounds the search for the sign backwards. */
const LONGEST = 80;
/** Scripts that write no space between words, so that a sign may follow one of their letters. */
const GLUED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\u3000-\u303f\uff00-\uffef]$/u;
/** After one of these a sign belongs to a word, an address or a time of day. */
const WORD = /[\p{L}\p{N}_/:@.+-]$/u;
/** Latin and full-width, as Chinese input methods write it. */
const AT = /[@＠]([^@＠\n]*)$/u;
const COLON = /:([a-z0-9_+-]{2,30})$/i;
const SHORTCODE = /:([a-z0-9_+-]{2,60}):$/i;

/** Whether a sign may begin something after this text. */
const begins = (before: string): boolean => before === '' || GLUED.test(before) || !WORD.test(before);

/**
 * The `@…` or `:…` that ends at the caret. A name may have spaces in it, so that the query of a mention may, too; it
 * never begins with one.
 */
export function tokenAt(text: string, caret: number): Token | undefined {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  for (const [kind, pattern] of [
    ['emoji', COLON],
    ['mention', AT],
  ] as const) {
    const found = pattern.exec(before);
    const query = found?.[1] ?? '';
    if (found === null || query.startsWith(' ') || !begins(before.slice(0, found.index))) continue;
    return { kind, query, start: caret - found[0].length, end: caret };
  }
  return undefined;
}

/** Whether a token is one that was done with, or goes on from it. */
export const isDone = (
  token: Pick<Token, 'start' | 'query'> | undefined,
  done: Pick<Token, 'start' | 'query'> | undefined,
): boolean =>
  token !== undefined &&
  done !== undefined &&
  token.start === done.start &&
  token.query.startsWith(done.query);

/** A `:shortcode:` of which the last sign was just typed. */
export function shortcodeAt(text: string, caret: number): Token | undefined {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const found = SHORTCODE.exec(before);
  if (found === null || !begins(before.slice(0, found.index))) return undefined;
  return { kind: 'emoji', query: found[1] as string, start: caret - found[0].length, end: caret };
}

/** What puts a completion in the place of its token; a space follows it where there is none. */
export function completing(text: string, token: Token, completion: string): Replacement {
  const space = text[token.end] === ' ' ? '' : ' ';
  return { start: token.start, end: token.end, text: `${completion}${space}` };
}
