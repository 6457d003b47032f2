import { type Connection, keyOf } from '../config.ts';
import { Session } from './session.ts';

/** A share in a session. */
export interface Share {
  readonly session: Session;
  leave(): void;
}

interface Held {
  readonly session: Session;
  shares: number;
}

/** One table for each function that gives tokens, as two of them may be for two people. */
const byGetter = new Map<(() => Promise<string>) | undefined, Map<string, Held>>();

/**
 * Takes part in the session of a connection, which is made for the first one and ended some time after the last one
 * left: an element that is moved leaves and comes again at once.
 */
export function join(connection: Connection): Share {
  const { getToken } = connection;
  const table = byGetter.get(getToken) ?? new Map<string, Held>();
  byGetter.set(getToken, table);
  const key = keyOf(connection);
  const held = table.get(key) ?? { session: new Session(connection), shares: 0 };
  table.set(key, held);
  held.shares += 1;
  let here = true;
  const end = () => {
    if (held.shares > 0 || table.get(key) !== held) return;
    table.delete(key);
    if (table.size === 0) byGetter.delete(getToken);
    void held.session.end();
  };
  return {
    session: held.session,
    leave() {
      if (!here) return;
      here = false;
      held.shares -= 1;
      setTimeout(end);
    },
  };
}
