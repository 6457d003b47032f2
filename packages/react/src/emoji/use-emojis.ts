import { useEffect, useState } from 'react';
import type { Emoji } from './emojis.ts';
import { loadEmojis } from './load.ts';

/** The emojis in a language; undefined while they are fetched, or not wanted, `null` where they cannot be fetched. */
export function useEmojis(locale: string, wanted = true): readonly Emoji[] | null | undefined {
  const [held, setHeld] = useState<{ locale: string; emojis: readonly Emoji[] | null } | undefined>(
    undefined,
  );
  useEffect(() => {
    if (!wanted) return;
    let shown = true;
    const use = (emojis: readonly Emoji[] | null) => shown && setHeld({ locale, emojis });
    loadEmojis(locale).then(use, () => use(null));
    return () => {
      shown = false;
    };
  }, [locale, wanted]);
  return held?.locale === locale ? held.emojis : undefined;
}
