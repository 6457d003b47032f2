import type { Client, PresenceView, Store, TimelineMessage } from '@inlay-im/client';
import type { User } from '@inlay-im/protocol';
import { createContext } from 'preact';
import { useContext, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import type { Locale, Translate } from './i18n/index.ts';

/** What every part of the page needs. */
export interface Around {
  readonly client: Client;
  readonly locale: Locale;
  readonly t: Translate;
  setLocale(locale: Locale): void;
}

export const AroundContext = createContext<Around | undefined>(undefined);

export function useAround(): Around {
  const around = useContext(AroundContext);
  if (around === undefined) throw new Error('used outside of the page');
  return around;
}

/** Reads a store and renders again when it changes. A store that replaces another is listened to first. */
export function useStore<T>(store: Store<T>): T {
  const [, again] = useReducer((n: number) => n + 1, 0);
  const stop = useRef<(() => void) | undefined>(undefined);
  useLayoutEffect(() => {
    const before = stop.current;
    const seen = store.get();
    stop.current = store.subscribe(() => again(undefined));
    before?.();
    if (!Object.is(store.get(), seen)) again(undefined);
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

/** Whether these people are here. */
export function usePresence(people: readonly string[]): PresenceView {
  const { client } = useAround();
  const key = [...people].sort().join(' ');
  return useStore(useMemo(() => client.presence(key === '' ? [] : key.split(' ')), [client, key]));
}

const NOBODY: Store<undefined> = { get: () => undefined, subscribe: () => () => {} };

export function useUser(id: string | null | undefined): User | undefined {
  const { client } = useAround();
  return useStore<User | undefined>(id ? client.users.get(id) : NOBODY);
}

/** A name to show for someone: their own, else their id. */
export const nameOf = (user: User | undefined, id: string): string => user?.name ?? id;

/** Several people's names, in the order of their ids. */
export function useNames(ids: readonly string[]): string[] {
  const { client } = useAround();
  const key = ids.join(' ');
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const stops =
      key === '' ? [] : key.split(' ').map((id) => client.users.get(id).subscribe(() => again(undefined)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, key]);
  return ids.map((id) => nameOf(client.users.get(id).get(), id));
}

/** One row of a timeline, which alone renders again when it changes. */
export function useRow(
  timeline: { message(key: string): Store<TimelineMessage | undefined> },
  key: string,
): TimelineMessage | undefined {
  return useStore(useMemo(() => timeline.message(key), [timeline, key]));
}

/** Renders again every `ms` milliseconds, for texts that speak of time. */
export function useTick(ms: number): number {
  const [now, tick] = useReducer(() => Date.now(), Date.now());
  useEffect(() => {
    const timer = setInterval(() => tick(undefined), ms);
    return () => clearInterval(timer);
  }, [ms]);
  return now;
}
