import type { Store } from '@inlay-im/client';
import { useSyncExternalStore } from 'react';

/** Reads a store of the client and renders again when it changes. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

const nothing: Store<undefined> = { get: () => undefined, subscribe: () => () => {} };

/** A store that stands for something that is not there. */
export const absent = <T>(): Store<T | undefined> => nothing;
