/**
 * What several tabs of one person have to agree on, through the browser's locks (https://www.w3.org/TR/web-locks/): a
 * tab that is looked at holds a lock that says so, and of all tabs that would ring for one message only the one that
 * gets its lock does. Pages without locks (old browsers, http) look at themselves alone.
 */
const locksOf = (): LockManager | undefined => globalThis.navigator?.locks;

/** For how long a message stays taken, in milliseconds: tabs in the background hear of it later than others. */
const TAKEN = 10_000;

export const isLookedAt = (): boolean => document.visibilityState === 'visible' && document.hasFocus();

/** Holds a lock until it is let go. */
function hold(name: string): () => void {
  const letGo = Promise.withResolvers<void>();
  locksOf()
    ?.request(name, { mode: 'shared' }, () => letGo.promise)
    .catch(() => {});
  return letGo.resolve;
}

/** What a tab says while the person looks at it: that they do, and at which conversation. */
export const lookingAt = (me: string, conversation = ''): string => `inlay:looking:${me}:${conversation}`;

/** Says to the other tabs, for as long as it is so, that the person looks at `conversation` here. Returns what stops it. */
export function tellLooking(me: string, conversation: string | undefined): () => void {
  let letGo: (() => void)[] = [];
  const look = () => {
    const looking = isLookedAt();
    if (looking === letGo.length > 0) return;
    for (const each of letGo) each();
    letGo = looking ? [...new Set([lookingAt(me), lookingAt(me, conversation)])].map(hold) : [];
  };
  const events = ['focus', 'blur', 'visibilitychange'];
  look();
  for (const name of events) addEventListener(name, look, true);
  return () => {
    for (const name of events) removeEventListener(name, look, true);
    for (const each of letGo) each();
  };
}

/** Whether the person looks, in any tab, at what a name of `lookingAt` says. */
export async function isLooking(name: string): Promise<boolean> {
  const { held = [] } = (await locksOf()?.query()) ?? {};
  return held.some((lock) => lock.name === name);
}

/** Whether this tab is the one of all that rings for a message. */
export function take(name: string): Promise<boolean> {
  const locks = locksOf();
  if (locks === undefined) return Promise.resolve(true);
  return new Promise((resolve) => {
    locks
      .request(`inlay:ring:${name}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<void>((done) => setTimeout(done, TAKEN));
      })
      .catch(() => resolve(true));
  });
}
