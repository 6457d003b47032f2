import type { Client, Store } from '@inlay-im/client';
import type { User } from '@inlay-im/protocol';
import { useMemo, useRef } from 'react';
import { useInlay } from '../context.ts';
import { useConversations } from './conversations.ts';
import { nameOf, useMyId } from './people.ts';
import { useReplaceable } from './select.ts';

/** Someone whom I know. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly picture: string | null;
}

/** So many groups, the ones that were active last, are asked for their members. */
const GROUPS = 6;
/** More people than that are not asked for. */
const PEOPLE = 300;

const split = (key: string): string[] => (key === '' ? [] : key.split(' '));

/** Several stores as one, read by `get`; what it gives is kept for as long as it is the same. */
function joined<T>(
  stores: readonly Pick<Store<unknown>, 'subscribe'>[],
  get: () => readonly T[],
): Store<readonly T[]> {
  let held: readonly T[] = [];
  return {
    get: () => {
      const now = get();
      if (now.length !== held.length || now.some((one, i) => !Object.is(one, held[i]))) held = now;
      return held;
    },
    subscribe: (listener) => {
      const stops = stores.map((store) => store.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

function membersOf(client: Client, groups: readonly string[]): Store<readonly string[]> {
  const stores = groups.map((id) => client.conversation(id).members);
  return joined(stores, () => [...new Set(stores.flatMap((s) => s.get().items.map(({ user }) => user)))]);
}

function profilesOf(client: Client, ids: readonly string[]): Store<readonly (User | undefined)[]> {
  const stores = ids.map((id) => client.users.get(id));
  return joined(stores, () => stores.map((store) => store.get()));
}

/** Whom I write with directly, then the members of my groups: those of what was active last come first. */
export function useKnownPeople(): readonly KnownPerson[] {
  const { client } = useInlay();
  const me = useMyId();
  const { items, archived } = useConversations();
  const active = [...items, ...archived].sort((a, b) => b.activeAt - a.activeAt);
  const peers = active.flatMap(({ peer }) => (peer ? [peer.id] : []));
  const groups = active.flatMap(({ kind, id }) => (kind === 'group' ? [id] : [])).slice(0, GROUPS);
  const groupKey = groups.join(' ');
  const members = useReplaceable(useMemo(() => membersOf(client, split(groupKey)), [client, groupKey]));
  const seen = useRef(new Set<string>());
  // Nobody changes place while one chooses among them: who is found later comes after.
  for (const id of [...peers, ...members]) if (id !== me) seen.current.add(id);
  const key = [...seen.current].slice(0, PEOPLE).join(' ');
  const profiles = useReplaceable(useMemo(() => profilesOf(client, split(key)), [client, key]));
  return useMemo(
    () =>
      split(key).map((id, i) => {
        const user = profiles[i];
        return { id, name: nameOf(user, id), picture: user?.avatar ?? null };
      }),
    [key, profiles],
  );
}
