import type { Me } from '@inlay-im/protocol';
import { type Fanout, presenceTopic, userTopic } from '../../log/index.ts';

/** Tells a changed profile to the person's own devices, and to those who follow them. */
export function tellProfile(fanout: Fanout, app: number, me: Me): void {
  fanout.publish(userTopic(app, me.id), 'me.changed', { userRev: me.rev, me });
  const { presenceVisibility: _, rev: __, ...user } = me;
  fanout.publish(presenceTopic(app, me.id), 'user.changed', user);
}
