import type { Store } from '@inlay-im/client';
import { useEffect, useReducer, useRef, useSyncExternalStore } from 'react';

/** A part of a store, a string or number; renders again only when that part changes. */
export function useSelect<T, P extends string | number | boolean | undefined>(
  store: Store<T>,
  part: (value: T) => P,
): P {
  const read = () => part(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}

/** Reads a store that may be replaced by another; the new one is listened to before the old one is let go. */
export function useReplaceable<T>(store: Store<T>): T {
  const [, again] = useReducer((count: number) => count + 1, 0);
  const stop = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    const before = stop.current;
    const seen = store.get();
    stop.current = store.subscribe(again);
    before?.();
    if (!Object.is(store.get(), seen)) again();
  }, [store]);
  useEffect(
    () => () => {
      stop.current?.();
      stop.current = undefined;
    },
    [],
  );
  return store.get();
}

/** Now, in milliseconds; renders again every `every` milliseconds, for texts that speak of time. */
export function useNow(every: number): number {
  const [now, tick] = useReducer(
    () => Date.now(),
    0,
    () => Date.now(),
  );
  useEffect(() => {
    const timer = setInterval(tick, every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
