import type { Target } from '../config.ts';
import type { Session, Standing } from './session.ts';
import { followUnread } from './target.ts';

export interface Following {
  /** What is unread of what is shown. */
  unread(count: number): void;
  standing(standing: Standing): void;
}

/** Tells of a session what can be told without the kit: now, and whenever it changes. Returns what stops it. */
export function follow(session: Session, target: Target, { unread, standing }: Following): () => void {
  let stopUnread = () => {};
  const client = () => {
    stopUnread();
    const held = session.client.get();
    stopUnread = held === undefined ? () => {} : followUnread(held, target, unread);
    if (held === undefined) unread(0);
  };
  const stand = () => standing(session.standing.get());
  const stops = [session.client.subscribe(client), session.standing.subscribe(stand)];
  client();
  stand();
  return () => {
    stopUnread();
    for (const stop of stops) stop();
  };
}
