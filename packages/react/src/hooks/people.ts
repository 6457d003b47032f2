import type { PresenceView } from '@inlay-im/client';
import type { Me, User } from '@inlay-im/protocol';
import { useMemo } from 'react';
import { useInlay } from '../context.ts';
import { useReplaceable, useSelect } from './select.ts';
import { absent, useStore } from './store.ts';

/** My own profile; undefined while nobody is signed in. */
export const useMe = (): Me | User | undefined => useStore(useInlay().client.me);

/** My id, or '' while nobody is signed in. My profile is another one with each of my marks; my id is not. */
export const useMyId = (): string => useSelect(useInlay().client.me, (me) => me?.id ?? '');

/** Someone's profile; undefined until it is known. */
export function useUser(id: string | null | undefined): User | undefined {
  const { client } = useInlay();
  return useStore<User | undefined>(id ? client.users.get(id) : absent());
}

/** A name to show for someone: their own, else their id. */
export const nameOf = (user: User | undefined, id: string): string => user?.name ?? id;

/** Several people's names, in the order of their ids. Renders again when one of them changes. */
export function useNames(ids: readonly string[]): readonly string[] {
  const { client } = useInlay();
  const key = ids.join(' ');
  const store = useMemo(() => {
    const people = key === '' ? [] : key.split(' ').map((id) => ({ id, store: client.users.get(id) }));
    let held: readonly string[] = [];
    return {
      get: () => {
        const names = people.map(({ id, store }) => nameOf(store.get(), id));
        if (names.length !== held.length || names.some((name, i) => name !== held[i])) held = names;
        return held;
      },
      subscribe: (listener: () => void) => {
        const stops = people.map(({ store }) => store.subscribe(listener));
        return () => {
          for (const stop of stops) stop();
        };
      },
    };
  }, [client, key]);
  return useStore(store);
}

/** Whether people are here; followed for as long as the component is shown. */
export function usePresence(people: readonly string[]): PresenceView {
  const { client } = useInlay();
  const key = [...people].sort().join(' ');
  return useReplaceable(useMemo(() => client.presence(key === '' ? [] : key.split(' ')), [client, key]));
}
