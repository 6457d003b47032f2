import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { LIMITS } from '@inlay-im/protocol';
import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { createBlobs } from './adapters/blobs.ts';
import { createLocalHub } from './adapters/bus-local/index.ts';
import { createCodeSenders } from './adapters/codes.ts';
import { openSource } from './adapters/database.ts';
import { createGifService } from './adapters/gifs.ts';
import { createScanner } from './adapters/scanner.ts';
import type { Config } from './config.ts';
import { type Clock, systemClock } from './core/clock.ts';
import type { Handlers } from './core/handler.ts';
import { createJobs, type Jobs } from './core/jobs.ts';
import { createLogger, type Logger, reason } from './core/log.ts';
import { MIGRATIONS } from './db/all-migrations.ts';
import { type Database, type DatabaseAddress, openDatabase } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import {
  createAuthenticate,
  createDispatch,
  createHttp,
  createHttpLimits,
  createOriginCheck,
  docsRoutes,
  listen,
  mediaRoutes,
  type OpenDeps,
  pageRoutes,
  readCertificate,
  Sessions,
  sessionHandlers,
  watchCertificate,
} from './gateway/index.ts';
import { createLog, type Log } from './log/index.ts';
import type { Bus } from './ports/bus.ts';
import {
  type AppDirectory,
  appHandlers,
  createApiKeys,
  createApp,
  createAppDirectory,
  DEFAULT_APP,
  findApp,
  type NodeState,
  openNodeState,
} from './slices/apps/index.ts';
import { type Auth, createAuth } from './slices/auth/index.ts';
import { conversationHandlers } from './slices/conversations/index.ts';
import { emojiHandlers } from './slices/emoji/index.ts';
import { createFiles, type Files } from './slices/files/index.ts';
import { createGifs, type Gifs } from './slices/gifs/index.ts';
import { memberHandlers, tellJoinedHere } from './slices/members/index.ts';
import { messageHandlers } from './slices/messages/index.ts';
import { createPresence } from './slices/presence/index.ts';
import { reactionHandlers } from './slices/reactions/index.ts';
import { createReceipts } from './slices/receipts/index.ts';
import { stickerHandlers } from './slices/stickers/index.ts';
import { syncHandlers } from './slices/sync/index.ts';
import { typingHandlers } from './slices/typing/index.ts';
import { ensureUsers, userHandlers } from './slices/users/index.ts';

export interface NodeOptions {
  config: Config;
  clock?: Clock;
  /** This node's end of a bus that other nodes of the same database share; absent: it is alone. */
  bus?: Bus;
  /** Takes log lines; absent: standard error. */
  write?: (line: string) => void;
  /** Takes what a person at the terminal should read; absent: standard output. */
  print?: (line: string) => void;
  /** Where the database is, instead of what the configuration says. */
  database?: DatabaseAddress;
  /** The folder of files, instead of the data folder. */
  files?: string;
  /** Milliseconds after which a socket that answers no ping is dead, instead of what the protocol says. */
  idle?: number;
}

/** What everything else stands on. */
interface Base {
  config: Config;
  clock: Clock;
  now: () => number;
  uuid: () => string;
  logger: Logger;
  bus: Bus;
  database: Database;
  state: NodeState;
  apps: AppDirectory;
  sessions: Sessions;
  print: (line: string) => void;
  idle: number;
}

/** People whom a backend named lately, so that not every request looks them up. */
const INTRODUCED = 50_000;

function composeAuth(base: Base, log: Log, jobs: Jobs): Auth {
  const { config, clock, now, uuid, logger, bus, database, state, sessions, print } = base;
  return createAuth({
    db: database.db,
    clock,
    uuid,
    randomBytes,
    logger,
    bus,
    fanout: log.fanout,
    jobs,
    apps: base.apps,
    senders: createCodeSenders(config.codes, { write: print, now, nonce: () => crypto.randomUUID() }),
    tokenSecret: state.tokenSecret,
    onSignedOut: (device) => {
      for (const session of sessions.ofDevice(device)) session.close('signedOut');
    },
  });
}

function composeFiles(
  { config, now, uuid, logger, database, state }: Base,
  log: Log,
  o: { jobs: Jobs; folder: string },
) {
  const { blobs, scanner, url: origin, ...limits } = config.files;
  return createFiles({
    db: database.db,
    now,
    uuid,
    logger,
    log,
    jobs: o.jobs,
    blobs: createBlobs(blobs, { folder: join(o.folder, 'blobs'), uuid }),
    scanner: createScanner(scanner),
    folder: join(o.folder, 'uploads'),
    limits,
    tokenSecret: state.tokenSecret,
    origin,
  });
}

function composeGifs({ config, now, logger, state }: Base, files: Files): Gifs {
  return createGifs({
    service: createGifService(config.gifs),
    now,
    logger,
    files,
    tokenSecret: state.tokenSecret,
    origin: config.files.url,
  });
}

/** Everything that a node can do, by the names of the protocol. */
function composeSlices(
  base: Base,
  { log, jobs, auth, files }: { log: Log; jobs: Jobs; auth: Auth; files: Files },
) {
  const { config, clock, logger, sessions, state } = base;
  const presence = createPresence({ log, clock, logger });
  const receipts = createReceipts(log);
  const gifs = composeGifs(base, files);
  const open: OpenDeps = {
    log,
    sessions,
    presence: presence.tracker,
    epoch: state.epoch,
    connectionsPerUser: config.limits.connectionsPerUser,
    verify: auth.verifyAccessToken,
    touch: auth.touchDevice,
  };
  const handlers: Handlers = {
    ...sessionHandlers(open),
    ...auth.handlers,
    ...appHandlers({ db: log.db, jobs, apps: base.apps }),
    ...userHandlers({
      log,
      jobs,
      onVisibility: (who, visibility) => presence.tracker.setVisibility(who, visibility),
    }),
    ...presence.handlers,
    ...conversationHandlers({ log, jobs }),
    ...memberHandlers(log),
    ...messageHandlers({ log, jobs }),
    ...reactionHandlers(log),
    ...receipts.handlers,
    ...typingHandlers(log),
    ...files.handlers,
    ...emojiHandlers({ db: log.db, jobs }),
    ...stickerHandlers({ log, jobs }),
    ...gifs.handlers,
    ...syncHandlers({ log, epoch: state.epoch }),
  };
  return { handlers, presence, receipts, files, gifs };
}

/** Brings people into being whom a backend names for the first time. */
function introducer({ database: { db }, now }: Base): (app: number, user: string) => Promise<void> {
  const known = new LRUCache<string, true>({ max: INTRODUCED });
  return async (app, user) => {
    const key = `${app} ${user}`;
    if (known.has(key)) return;
    await ensureUsers(db, { app, ids: [user], kind: 'host', at: new Date(now()) });
    known.set(key, true);
  };
}

async function composeGateway(
  base: Base,
  auth: Auth,
  { handlers, presence, files, gifs }: ReturnType<typeof composeSlices>,
) {
  const { config, clock, now, uuid, logger, database, sessions } = base;
  const { host, port, tls, trustProxy, publicUrl, allowedOrigins } = config.http;
  const { opsPerSecond, connectionsPerAddress } = config.limits;
  const dispatch = createDispatch({ handlers });
  const own = publicUrl === undefined ? [] : [new URL(publicUrl).origin];
  const isAllowedOrigin = createOriginCheck({ allowed: [...own, ...allowedOrigins], logger });
  const authenticate = createAuthenticate({
    verifyAccessToken: auth.verifyAccessToken,
    keys: createApiKeys({ db: database.db, logger, now }),
    introduce: introducer(base),
  });
  const media = mediaRoutes({ files, gifs, authenticate, isAllowedOrigin, logger, now });
  const http = createHttp({
    logger,
    dispatch,
    authenticate,
    limit: createHttpLimits(opsPerSecond, now),
    isAllowedOrigin,
    healthy: async () => (await sql`select 1`.execute(database.db)).rows.length === 1,
    pages: [media, pageRoutes({ logger, fileOrigins: files.origins }), docsRoutes()],
  });
  const certificate = tls === undefined ? null : await readCertificate(tls);
  const socket = {
    clock,
    logger,
    sessions,
    dispatch,
    presence: presence.tracker,
    opsPerSecond,
    idle: base.idle,
  };
  const listening = listen({
    host,
    port,
    tls: certificate,
    trustProxy,
    connectionsPerAddress,
    isAllowedOrigin,
    http,
    socket,
    uuid,
  });
  const unwatch =
    tls === undefined
      ? () => undefined
      : watchCertificate({
          files: tls,
          logger,
          after: (ms, task) => clock.after(ms, task),
          renew: listening.renew,
        });
  const scheme = tls === undefined ? 'http' : 'https';
  return {
    ...listening,
    unwatch,
    url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${listening.port}`,
  };
}

/** Ties what happens on other nodes to this one's sessions and caches. */
function hear({ bus, logger }: Base, log: Log, auth: Auth): void {
  bus.subscribe((message) => {
    if (message.type === 'frame') log.fanout.local(message.topic, message.frame);
    else if (message.type === 'membership') log.fanout.localMembership(message);
    else if (message.type === 'stale') log.directory.forget(message.conversation, message.user);
    else if (message.type === 'joined') {
      tellJoinedHere(log, message).catch((error: unknown) => {
        logger.warn('new members were not told; they learn of it at their next sync', {
          reason: reason(error),
        });
      });
    } else auth.signedOutElsewhere(message.device);
  });
}

/** Starts a node: database, schema, slices, gateway, and then the queue of jobs, for which no one need wait. */
export async function startNode(o: NodeOptions) {
  const { config } = o;
  const clock = o.clock ?? systemClock;
  const now = () => clock.now();
  const uuid = () => Bun.randomUUIDv7();
  const logger = createLogger({
    ...config.log,
    write: o.write ?? ((line) => process.stderr.write(`${line}\n`)),
    now,
  });
  const given = o.database ?? (config.database.url === undefined ? undefined : { url: config.database.url });
  const source = await openSource({ given, dataDir: config.data, logger });
  const database = openDatabase(source.address, config.database.connections);
  const { db, hot } = database;
  try {
    await migrate(hot, MIGRATIONS);
    const isFirst = await createApp(db, { id: DEFAULT_APP, name: 'Inlay', at: new Date(now()), randomBytes });
    const state = await openNodeState(db, { uuid, randomBytes });
    const bus = o.bus ?? createLocalHub().join();
    const print = o.print ?? ((line) => process.stdout.write(`${line}\n`));
    const apps = createAppDirectory(db, now);
    const shared = { config, clock, now, uuid, logger, bus, database, state, apps, print };
    const base: Base = { ...shared, sessions: new Sessions(), idle: o.idle ?? LIMITS.idle };
    const log = createLog({ db, hot, bus, now, uuid, capacity: config.limits.appendQueue });
    const jobs = createJobs({ connectionString: database.connectionString, clock, logger });
    const auth = composeAuth(base, log, jobs);
    const files = composeFiles(base, log, { jobs, folder: o.files ?? config.data });
    const slices = composeSlices(base, { log, jobs, auth, files });
    const gateway = await composeGateway(base, auth, slices);
    log.fanout.attach({
      publish: gateway.publish,
      membership: (m) => base.sessions.membership(m),
      isHere: (app, user) => base.sessions.ofUser(app, user).length > 0,
    });
    hear(base, log, auth);
    const tasks = { ...auth.tasks, ...files.tasks };
    jobs.start(tasks, [...auth.recurring, ...files.recurring]).catch((error: unknown) => {
      logger.error('the queue of jobs did not start', { reason: reason(error) });
    });
    return {
      url: gateway.url,
      log,
      db,
      address: source.address,
      /** What the queue of jobs can do. */
      tasks,
      /** Resolves with the reason if the database is gone for good. */
      lost: source.lost,
      /** The default app, if this start brought it into being. */
      firstStart: isFirst ? await findApp(db, DEFAULT_APP) : undefined,
      /** Finishes what was taken, tells sessions to go elsewhere, and lets go of everything. */
      async stop(): Promise<void> {
        gateway.unwatch();
        await gateway.drain();
        await log.queue.drained();
        await slices.receipts.drained();
        await gateway.stop();
        await jobs.stop();
        await auth.stop();
        await slices.presence.stop();
        await database.close();
        await source.stop();
      },
    };
  } catch (error) {
    await database.close();
    await source.stop();
    throw error;
  }
}
