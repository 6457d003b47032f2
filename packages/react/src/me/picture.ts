import { LIMITS } from '@inlay-im/protocol/rules';

/** Whether a picture may be fetched from there: pages that are encrypted load no picture that is not. */
export function isPictureAddress(text: string): boolean {
  if (text.length > LIMITS.url) return false;
  try {
    return new URL(text).protocol === 'https:';
  } catch {
    return false;
  }
}
