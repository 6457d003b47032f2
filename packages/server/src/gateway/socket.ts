import { InlayError, LIMITS, RequestFrame } from '@inlay-im/protocol';
import type { ServerWebSocket, WebSocketHandler } from 'bun';
import type { Caller } from '../core/caller.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/log.ts';
import type { PresenceTracker } from '../slices/presence/index.ts';
import { type Dispatch, toInlayError } from './dispatch.ts';
import { parseJson } from './json.ts';
import type { SocketSession } from './session.ts';
import type { Sessions } from './sessions.ts';

export interface SocketDeps {
  clock: Clock;
  logger: Logger;
  sessions: Sessions;
  dispatch: Dispatch;
  presence: PresenceTracker;
  opsPerSecond: number;
  /** Milliseconds after which a socket that answers no ping is dead. */
  idle: number;
}

/** Errors after which a socket that is not signed in cannot go on. */
const FATAL_AT_OPEN = {
  token_expired: 'tokenExpired',
  signed_out: 'signedOut',
  unsupported_version: 'unsupportedVersion',
  limit_reached: 'tooManyConnections',
} as const;

/** A frame that is no request; `id` is the one that it gave, so that whoever waits for the reply gets it. */
class BadFrame extends InlayError {
  constructor(
    readonly id: number | null,
    ...error: ConstructorParameters<typeof InlayError>
  ) {
    super(...error);
  }
}

const usableId = (value: unknown): number | null => {
  const id = (value as { id?: unknown } | null)?.id;
  return Number.isSafeInteger(id) && (id as number) >= 0 ? (id as number) : null;
};

/** The request in a frame. What has no usable id is answered with the id null. */
function decode(text: string): RequestFrame {
  const value = parseJson(text);
  const frame = RequestFrame.safeParse(value);
  if (frame.success) return frame.data;
  throw new BadFrame(
    usableId(value),
    'invalid_input',
    'Expected a frame {"id": number, "op": string, "input": object}.',
    {
      field: frame.error.issues[0]?.path.join('.') ?? '',
    },
  );
}

export const stoppingError = (): InlayError =>
  new InlayError('stopping', 'This node is stopping; connect again.', { retryAfter: 1000 });

const nobody = (session: SocketSession): Caller => ({
  app: { pk: 0, id: '' },
  user: null,
  device: null,
  scopes: null,
  session,
  address: session.address,
});

/** The way in over a WebSocket: bounds, decodes, dispatches, replies. */
export function createSocketHandler(deps: SocketDeps): WebSocketHandler<SocketSession> {
  const { clock, logger, sessions, dispatch, presence, opsPerSecond } = deps;

  /** A first sign-in that failed ends the socket, with what the client should do about it. */
  function failedOpen(session: SocketSession, error: InlayError): void {
    if (error.code === 'resync' || error.retry) {
      // The client signs in again on a fresh socket.
      session.close('resume');
      return;
    }
    session.close(FATAL_AT_OPEN[error.code as keyof typeof FATAL_AT_OPEN] ?? 'unauthenticated');
  }

  function settle(session: SocketSession, { id, op }: RequestFrame, result: PromiseLike<unknown>): void {
    sessions.began(session);
    result.then(
      (output) => {
        session.reply(id, output);
        sessions.ended(session);
      },
      (thrown: unknown) => {
        sessions.ended(session);
        const error = toInlayError(thrown, logger, op);
        session.fail(id, error);
        if (op === 'session.open' && !session.open) failedOpen(session, error);
      },
    );
  }

  function bounded(session: SocketSession): void {
    if (sessions.stopping) throw stoppingError();
    const wait = session.take(clock.now(), opsPerSecond);
    if (wait > 0) {
      throw new InlayError('rate_limited', `At most ${opsPerSecond} frames a second.`, { retryAfter: wait });
    }
    if (session.inFlight >= LIMITS.framesInFlight) {
      throw new InlayError(
        'rate_limited',
        `At most ${LIMITS.framesInFlight} requests may wait for their replies.`,
        {
          retryAfter: 100,
        },
      );
    }
  }

  function handle(session: SocketSession, text: string): void {
    let frame: RequestFrame | undefined;
    try {
      frame = decode(text);
      if (session.signedIn === null && frame.op !== 'session.open') {
        throw new InlayError('unauthenticated', 'The first frame must be "session.open".', { field: 'op' });
      }
      bounded(session);
      settle(session, frame, dispatch(session.caller(nobody(session)), frame.op, frame.input));
    } catch (thrown) {
      const error = toInlayError(thrown, logger, frame?.op ?? '');
      session.fail(frame?.id ?? (error instanceof BadFrame ? error.id : null), error);
      if (session.signedIn !== null || session.opening) return;
      if (frame?.op === 'session.open' && error.retry) session.close('resume');
      else session.close(error.code === 'unauthenticated' ? 'unauthenticated' : 'badFrame');
    }
  }

  return {
    maxPayloadLength: LIMITS.frameBytes,
    idleTimeout: deps.idle / 1000,
    sendPings: true,
    backpressureLimit: LIMITS.backpressureBytes,
    closeOnBackpressureLimit: true,
    perMessageDeflate: { compress: 'shared', decompress: 'shared' },
    open(ws: ServerWebSocket<SocketSession>) {
      ws.data.ws = ws;
      sessions.add(ws.data);
    },
    message(ws: ServerWebSocket<SocketSession>, data: string | Buffer) {
      if (typeof data === 'string') handle(ws.data, data);
      else ws.data.close('badFrame');
    },
    close(ws: ServerWebSocket<SocketSession>) {
      const session = ws.data;
      sessions.remove(session);
      if (!session.present || session.signedIn === null) return;
      session.present = false;
      const { caller, active } = session.signedIn;
      presence.disconnected({ app: caller.app.pk, user: caller.user }, active);
    },
  };
}

/** Closes sockets whose time is over: those that did not sign in, and those whose token ended. */
export function sweepSessions(sessions: Sessions, now: number): void {
  for (const session of sessions.unsigned()) if (session.isLate(now)) session.close('unauthenticated');
  for (const session of sessions.all()) {
    if (session.signedIn !== null && session.signedIn.expiresAt <= now) session.close('tokenExpired');
  }
}
