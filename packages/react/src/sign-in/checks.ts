import type { Request } from '@inlay-im/protocol';

/** Where a one-time code goes. */
export type CodeAddress = Request<'auth.requestCode'>['to'];

/** Characters as most keyboards write them: a Chinese one may give digits, plus and at sign in full width. */
const plain = (text: string): string => text.normalize('NFKC').trim();

/**
 * The phone number (E.164) or e-mail address that someone wrote, with the spaces, dots and brackets that people put
 * into numbers, and 00 for the plus. Undefined where it is neither; whether it exists the code shows.
 */
export function addressOf(text: string): CodeAddress | undefined {
  const written = plain(text);
  if (written.includes('@'))
    return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(written) ? { channel: 'email', email: written } : undefined;
  const phone = written.replace(/[\s().\-/]/g, '').replace(/^00/, '+');
  return /^\+[1-9]\d{6,14}$/.test(phone) ? { channel: 'phone', phone } : undefined;
}

/** How many digits a one-time code has. */
export const CODE_LENGTH = 6;

/** The digits of a code among whatever was typed or pasted, such as the message that it came in. */
export function codeIn(text: string): string {
  const written = plain(text);
  const whole = /(?<!\d)\d{3}[\s-]?\d{3}(?!\d)/.exec(written)?.[0] ?? written;
  return whole.replace(/\D/g, '').slice(0, CODE_LENGTH);
}

/** Whether a user name is one that an account may have; the protocol's rule. */
export const isUsername = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{1,31}$/.test(text);
