import { useMemo, useSyncExternalStore } from 'react';

const no = () => false;

/** Whether a media query holds, as CSS writes it. On a server none does. */
export function useMedia(query: string): boolean {
  const { subscribe, holds } = useMemo(() => {
    let media: MediaQueryList | undefined;
    const asked = () => {
      media ??= matchMedia(query);
      return media;
    };
    return {
      holds: () => asked().matches,
      subscribe: (listener: () => void) => {
        asked().addEventListener('change', listener);
        return () => asked().removeEventListener('change', listener);
      },
    };
  }, [query]);
  return useSyncExternalStore(subscribe, holds, no);
}

/** Written with the finger: a keyboard on the screen comes with the focus, and takes half of it. */
export const COARSE = '(pointer: coarse)';
