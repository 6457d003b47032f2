import { InlayError } from '@inlay-im/client';
import { en } from '../i18n/en.ts';
import type { Key, Translate } from '../i18n/index.ts';

/** What went wrong, in words for a person. `code` is that of the protocol, where the node answered with one. */
export function reasonOf(t: Translate, error: unknown): string {
  const code = error instanceof InlayError ? error.code : (error as { code?: unknown } | null)?.code;
  if (code === undefined) return t('error.network');
  const key = `error.${String(code)}`;
  return t(key in en ? (key as Key) : 'error.other');
}
