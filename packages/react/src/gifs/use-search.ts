import type { GifSearch, Gifs, GifsView } from '@inlay-im/client';
import { useEffect, useMemo, useState } from 'react';
import { useInlay } from '../context.ts';
import { useStore } from '../hooks/store.ts';

/** Milliseconds of rest after which what was typed is searched for. */
const REST = 300;

/** What was typed, once typing rests. What is cleared is cleared at once. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST);
    return () => clearTimeout(timer);
  }, [text]);
  return text === '' ? '' : rested;
}

/** Searches for what is typed, and gives how far that came. */
export function useGifSearch(
  gifs: Gifs,
  typed: string,
): { search: GifSearch; view: GifsView; query: string } {
  const { locale } = useInlay();
  const query = useRested(typed.trim());
  const search = useMemo(
    () => gifs.search(query, locale === 'zh-CN' ? 'zh-CN' : 'en'),
    [gifs, query, locale],
  );
  return { search, view: useStore(search), query };
}
