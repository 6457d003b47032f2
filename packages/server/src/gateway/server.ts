import { CLOSE, InlayError, LIMITS } from '@inlay-im/protocol';
import type { Server } from 'bun';
import { encodeEvent } from '../log/index.ts';
import { clientAddress } from './address.ts';
import { AfterStorm } from './after-storm.ts';
import { toInlayError } from './dispatch.ts';
import type { createHttp } from './http.ts';
import { type OriginCheck, originRefused } from './origin.ts';
import { SocketSession } from './session.ts';
import { createSocketHandler, type SocketDeps, stoppingError, sweepSessions } from './socket.ts';

/** How often the time-outs of sessions are looked at; a deadline is late by at most this. */
const SWEEP = 1000;
/** How long requests that were taken may still go on. */
const STOP_WAIT = 2000;
/** Over what time clients spread their reconnects when the node stops. */
const STOP_SPREAD = 2000;

export interface ServerOptions {
  host: string;
  port: number;
  tls: Certificate | null;
  trustProxy: number;
  connectionsPerAddress: number;
  isAllowedOrigin: OriginCheck;
  http: ReturnType<typeof createHttp>;
  socket: SocketDeps;
  uuid: () => string;
}

/** Publishes on all listeners but one. */
type PublishElsewhere = (own: Server<SocketSession>, topic: string, frame: string) => void;

function refusal(error: InlayError, status: number): Response {
  return Response.json({ error: error.toWire() }, { status });
}

interface Upgrading {
  server: Server<SocketSession>;
  request: Request;
  address: string;
  elsewhere: PublishElsewhere;
}

/** Takes a socket in, if its page and its address may have one. */
function upgrade(o: ServerOptions, { server, request, address, elsewhere }: Upgrading): Response | undefined {
  const origin = request.headers.get('origin');
  if (origin !== null && !o.isAllowedOrigin(origin, request.headers.get('host') ?? undefined)) {
    return refusal(originRefused(origin), 403);
  }
  const { sessions, clock, opsPerSecond } = o.socket;
  if (sessions.stopping) return refusal(stoppingError(), 503);
  if (sessions.countOfAddress(address) >= o.connectionsPerAddress) {
    return refusal(
      new InlayError('rate_limited', 'Too many connections from this address.', { retryAfter: 10_000 }),
      429,
    );
  }
  const data = new SocketSession(
    { server, elsewhere },
    { id: o.uuid(), address, now: clock.now(), burst: opsPerSecond * 2 },
  );
  if (server.upgrade(request, { data })) return undefined;
  return refusal(new InlayError('invalid_input', 'Expected a WebSocket handshake (RFC 6455).'), 426);
}

/** What a listener's certificate is made of: PEM texts. */
export interface Certificate {
  cert: string;
  key: string;
}

/** Seconds for which nothing may come or go, where the usual ten are too few: bytes of files, and looking at them. */
const PATIENCE: Readonly<Record<string, number>> = {
  '/media/': 60,
  '/avatars/': 60,
  '/published/': 60,
  '/v1/files.finish': 240,
};

function patienceFor(path: string): number | undefined {
  return Object.entries(PATIENCE).find(([start]) => path.startsWith(start))?.[1];
}

function serve(
  o: ServerOptions,
  port: number,
  tls: Certificate | null,
  elsewhere: PublishElsewhere,
): Server<SocketSession> {
  return Bun.serve<SocketSession>({
    hostname: o.host,
    port,
    ...(tls === null ? {} : { tls }),
    // Never Bun's own page, which shows the stack and the source.
    development: false,
    // That of operations is bounded by their routes, that of an upload by what it declared.
    maxRequestBodySize: LIMITS.fileBytes,
    error: (error) => refusal(toInlayError(error, o.socket.logger, ''), 500),
    async fetch(request, self) {
      const peer = self.requestIP(request)?.address ?? '';
      const address = clientAddress(peer, request.headers.get('x-forwarded-for'), o.trustProxy);
      // The URL is made of the Host header, which may be anything.
      const target = URL.parse(request.url);
      if (target === null)
        return refusal(new InlayError('invalid_input', 'Expected a Host header (RFC 9110).'), 400);
      if (target.pathname === '/v1/socket') return upgrade(o, { server: self, request, address, elsewhere });
      if (o.socket.sessions.stopping) return refusal(stoppingError(), 503);
      const patience = (seconds: number): void => self.timeout(request, seconds);
      const long = patienceFor(target.pathname);
      if (long !== undefined) patience(long);
      return await o.http.fetch(request, { address, patience });
    },
    websocket: createSocketHandler(o.socket),
  });
}

/**
 * The listening server: WebSockets at /v1/socket, everything else over HTTP. A renewed certificate takes a new
 * listener on the same port; the connections of the old one live on until they close by themselves.
 */
export function listen(o: ServerOptions) {
  const { sessions, clock } = o.socket;
  const retired = new Set<Server<SocketSession>>();
  const elsewhere: PublishElsewhere = (own, topic, frame) => {
    if (current !== own) current.publish(topic, frame);
    for (const server of retired) if (server !== own) server.publish(topic, frame);
  };
  let current = serve(o, o.port, o.tls, elsewhere);
  const port = current.port ?? o.port;
  const afterStorm = new AfterStorm(() => Bun.gc(true));
  let cancelSweep = clock.after(SWEEP, sweep);
  function sweep(): void {
    sweepSessions(sessions, clock.now());
    afterStorm.look(clock.now(), sessions.signIns);
    cancelSweep = clock.after(SWEEP, sweep);
  }
  return {
    port,
    publish(topic: string, frame: string): void {
      current.publish(topic, frame);
      for (const server of retired) server.publish(topic, frame);
    },
    renew(tls: Certificate): void {
      const old = current;
      retired.add(old);
      void old.stop(false).then(() => retired.delete(old));
      current = serve(o, port, tls, elsewhere);
    },
    /** Refuses what is new, tells all sessions to go elsewhere, and lets what was taken finish, within a bound. */
    async drain(): Promise<void> {
      cancelSweep();
      sessions.stopping = true;
      const frame = encodeEvent('session.stopping', { within: STOP_SPREAD });
      for (const session of sessions.all()) session.send(frame);
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const cancel = clock.after(STOP_WAIT, resolve);
      await Promise.race([sessions.idle(), late]);
      cancel();
    },
    /** Closes everything. */
    async stop(): Promise<void> {
      for (const session of [...sessions.all()]) session.ws.close(CLOSE.stopping, 'stopping');
      await Promise.all([current, ...retired].map((server) => server.stop(true)));
    },
  };
}
