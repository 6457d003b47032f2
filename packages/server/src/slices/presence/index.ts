import { InlayError, LIMITS, type Presence, type PresenceVisibility } from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import type { Clock } from '../../core/clock.ts';
import type { Handler } from '../../core/handler.ts';
import { type Logger, reason } from '../../core/log.ts';
import { type Log, presenceTopic } from '../../log/index.ts';
import { contactsAmong, readSeen, writeSeen } from './queries.ts';
import { type Person, PresenceTracker } from './tracker.ts';

export { PresenceTracker } from './tracker.ts';

export interface PresenceDeps {
  log: Log;
  clock: Clock;
  logger: Logger;
}

/** Contacts follow a topic more than everyone, on which goes what only they may see. */
const contactsTopic = (app: number, user: string): string => presenceTopic(app, `${user},contacts`);

const hidden = (user: string): Presence => ({ user, state: 'offline', lastSeenAt: null });

const sees = (visibility: PresenceVisibility, contact: boolean): boolean =>
  visibility === 'everyone' || (visibility === 'contacts' && contact);

/** Presence: who is here, told to who follows and may see it. */
export function createPresence({ log, clock, logger }: PresenceDeps) {
  const waiting: (Person & { at: number })[] = [];
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    await new Promise(setImmediate);
    while (waiting.length > 0) await writeSeen(log.db, waiting.splice(0, 1000));
    writing = null;
  }

  function left(person: Person, at: number): void {
    waiting.push({ ...person, at });
    writing ??= write().catch((error: unknown) => {
      writing = null;
      logger.warn('last seen was not stored', { reason: reason(error) });
    });
  }

  function changed({ app, user }: Person, presence: Presence, visibility: PresenceVisibility): void {
    const forAll = sees(visibility, false) ? presence : hidden(user);
    log.fanout.publish(presenceTopic(app, user), 'presence.changed', forAll);
    if (visibility === 'contacts') log.fanout.publish(contactsTopic(app, user), 'presence.changed', presence);
  }

  const tracker = new PresenceTracker({ clock, changed, left });

  async function look(caller: UserCaller, users: readonly string[]) {
    const app = caller.app.pk;
    const contacts = await contactsAmong(log.db, { app, user: caller.user }, users);
    const seen = new Map((await readSeen(log.db, app, users)).map((s) => [s.id, s]));
    const presence = [...new Set(users)].map((user): Presence => {
      const stored = seen.get(user);
      const live = tracker.get({ app, user });
      const visibility = live?.visibility ?? stored?.visibility ?? 'nobody';
      if (user !== caller.user && !sees(visibility, contacts.has(user))) return hidden(user);
      return live?.presence ?? { user, state: 'offline', lastSeenAt: stored?.lastSeenAt?.getTime() ?? null };
    });
    return { contacts, presence };
  }

  const get: Handler<'presence.get'> = async (caller, input) => ({
    presence: (await look(caller, input.users)).presence,
  });

  const subscribe: Handler<'presence.subscribe'> = async (caller, input) => {
    const { presence: follows } = caller.session.follows;
    if (new Set([...follows, ...input.users]).size > LIMITS.presenceSubscriptions) {
      throw new InlayError(
        'limit_reached',
        `At most ${LIMITS.presenceSubscriptions} people are followed; unfollow some first.`,
        {
          field: 'users',
        },
      );
    }
    const app = caller.app.pk;
    for (const user of input.users) {
      follows.add(user);
      caller.session.subscribe(presenceTopic(app, user));
    }
    // Follows first, then looks, so that nothing falls in between.
    const contacts = await contactsAmong(log.db, { app, user: caller.user }, input.users);
    for (const user of contacts) caller.session.subscribe(contactsTopic(app, user));
    return { presence: (await look(caller, input.users)).presence };
  };

  const unsubscribe: Handler<'presence.unsubscribe'> = async (caller, input) => {
    for (const user of input.users) {
      if (!caller.session.follows.presence.delete(user)) continue;
      caller.session.unsubscribe(presenceTopic(caller.app.pk, user));
      caller.session.unsubscribe(contactsTopic(caller.app.pk, user));
    }
    return {};
  };

  return {
    tracker,
    handlers: { 'presence.get': get, 'presence.subscribe': subscribe, 'presence.unsubscribe': unsubscribe },
    /** Stores for everyone who is still here that they were, as the node stops. */
    async stop(): Promise<void> {
      for (const person of tracker.stop()) left(person, clock.now());
      await writing;
    },
  };
}
