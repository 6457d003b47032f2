import type { User } from '@inlay-im/protocol';
import { isUserId } from '@inlay-im/protocol/rules';
import { useEffect, useState } from 'react';
import { useInlay } from '../context.ts';

/** What is known of a user id that was typed. */
export type Lookup =
  | { readonly state: 'none' | 'bad' | 'looking' | 'unknown' | 'failed' }
  | { readonly state: 'found'; readonly user: User };

/** Milliseconds of rest after which an id is asked for. */
const REST = 200;

const NONE: Lookup = { state: 'none' };
const BAD: Lookup = { state: 'bad' };
const LOOKING: Lookup = { state: 'looking' };

/** Asks the node whether there is someone with this id, once typing rests. '' asks nothing. */
export function useLookup(query: string): Lookup {
  const { client } = useInlay();
  const id = query.trim();
  const valid = isUserId(id);
  const [answer, setAnswer] = useState<{ id: string; lookup: Lookup } | undefined>(undefined);
  useEffect(() => {
    if (!valid) return;
    let wanted = true;
    const answered = (lookup: Lookup) => wanted && setAnswer({ id, lookup });
    const timer = setTimeout(() => {
      client.call('users.get', { users: [id] }).then(
        ({ users: [user] }) => answered(user ? { state: 'found', user } : { state: 'unknown' }),
        () => answered({ state: 'failed' }),
      );
    }, REST);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [client, id, valid]);
  if (id === '') return NONE;
  if (!valid) return BAD;
  return answer?.id === id ? answer.lookup : LOOKING;
}
