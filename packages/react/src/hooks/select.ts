import type { Store } from '@inlay-im/client';
import { useEffect, useReducer, useRef, useSyncExternalStore } from 'react';
import { useStore } from './store.ts';

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
  const hold = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    const before = hold.current;
    hold.current = store.subscribe(() => {});
    before?.();
  }, [store]);
  useEffect(
    () => () => {
      hold.current?.();
      hold.current = undefined;
    },
    [],
  );
  return useStore(store);
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
