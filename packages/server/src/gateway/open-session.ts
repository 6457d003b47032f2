import { InlayError, OLDEST_VERSION, type Output, PROTOCOL_VERSION } from '@inlay-im/protocol';
import type { App, UserCaller } from '../core/caller.ts';
import type { Handler } from '../core/handler.ts';
import { conversationTopic, type Log, userTopic, type Viewer } from '../log/index.ts';
import type { PresenceTracker } from '../slices/presence/index.ts';
import { firstPage, type Opening, readOpening } from '../slices/sync/index.ts';
import type { SocketSession } from './session.ts';
import type { Sessions } from './sessions.ts';

/** Who an access token is of. */
export interface Identity {
  app: App;
  user: string;
  device: string;
  expiresAt: number;
}

export interface OpenDeps {
  log: Log;
  sessions: Sessions;
  presence: PresenceTracker;
  epoch: string;
  connectionsPerUser: number;
  /** Throws `unauthenticated`, `token_expired` or `signed_out`. */
  verify(token: string): Promise<Identity>;
  /** Notes that the device was used. */
  touch(device: string): void;
}

function checkVersion(version: number): void {
  if (version >= OLDEST_VERSION && version <= PROTOCOL_VERSION) return;
  throw new InlayError(
    'unsupported_version',
    `This node serves the versions ${OLDEST_VERSION} to ${PROTOCOL_VERSION}.`,
    {
      field: 'version',
    },
  );
}

/** Subscribes to everything that is the person's: first the personal topic, which tells what changes from now on. */
async function follow({ log }: OpenDeps, session: SocketSession, viewer: Viewer): Promise<Opening> {
  session.leftMeanwhile = new Set();
  session.subscribe(userTopic(viewer.app, viewer.user));
  const opening = await readOpening(log.db, viewer);
  for (const conversation of opening.conversations) {
    if (!session.leftMeanwhile.has(conversation)) session.subscribe(conversationTopic(conversation));
  }
  session.leftMeanwhile = null;
  return opening;
}

/** Signs a socket in. Follows before it reads, so that what changes in between is told twice rather than not at all. */
export async function openSession(
  deps: OpenDeps,
  session: SocketSession,
  input: Parameters<Handler<'session.open'>>[1],
): Promise<Output<'session.open'>> {
  checkVersion(input.version);
  const identity = await deps.verify(input.token);
  const { app, user, device, expiresAt } = identity;
  // A socket that closed meanwhile is off the books; entered now, it would count as a connection for ever.
  if (session.ws.readyState !== WebSocket.OPEN) throw new InlayError('unauthenticated', 'The socket closed.');
  if (deps.sessions.ofUser(app.pk, user).length >= deps.connectionsPerUser) {
    throw new InlayError(
      'limit_reached',
      `At most ${deps.connectionsPerUser} connections a person; close one first.`,
    );
  }
  const caller = { app, user, device, scopes: null, session, address: session.address } satisfies UserCaller;
  session.signedIn = { caller: { ...caller, device, session }, expiresAt, active: input.active };
  deps.sessions.signIn(session, app.pk, user);
  const viewer = { app: app.pk, user };
  const { me, horizon } = await follow(deps, session, viewer);
  const sync = await firstPage(deps, viewer, { ...input, horizon });
  deps.touch(device);
  return { me, device, expiresAt, serverTime: deps.log.now(), epoch: deps.epoch, sync };
}
