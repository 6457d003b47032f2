export type RandomBytes = (n: number) => Uint8Array;

/** RFC 4648 base 32 in lower case. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Text that nobody guesses, of letters and digits that survive being read aloud: 5 bits of chance a character. */
export function randomId(randomBytes: RandomBytes, length = 26): string {
  return Array.from(randomBytes(length), (byte) => ALPHABET[byte & 31]).join('');
}
