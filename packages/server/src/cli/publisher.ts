import { copyFile, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InlayError, type StoredFile } from '@inlay-im/protocol';
import { createBlobs } from '../adapters/blobs.ts';
import { createLocalHub } from '../adapters/bus-local/index.ts';
import { createScanner } from '../adapters/scanner.ts';
import type { Config } from '../config.ts';
import type { UserCaller } from '../core/caller.ts';
import type { Handler } from '../core/handler.ts';
import type { Jobs } from '../core/jobs.ts';
import { createLogger } from '../core/log.ts';
import type { Database, Db } from '../db/database.ts';
import { createLog } from '../log/index.ts';
import type { BlobStore } from '../ports/blobs.ts';
import type { AppRecord } from '../slices/apps/index.ts';
import { createFiles, MAKE_SQUARES } from '../slices/files/index.ts';
import { ensureUsers } from '../slices/users/index.ts';
import { CliError } from './output.ts';

/** Whose uploads they are that come from the command line. */
const OWNER = 'inlay:published';

/**
 * There is no queue beside a command. What is asked of it is told to `asked`, which does it once all is committed, or
 * leaves it: what is published needs no smaller steps, and what it replaces goes with the sweep that nodes do every hour.
 */
const noQueue = (asked: (task: string, payload: object) => void): Jobs => ({
  add: async (_trx, task, { payload }) => asked(task, payload),
  start: async () => undefined,
  stop: async () => undefined,
});

/** A store without uploads in parts: the bytes are on this machine. */
const whole = (blobs: BlobStore): BlobStore => ({
  name: blobs.name,
  put: blobs.put.bind(blobs),
  read: blobs.read.bind(blobs),
  size: blobs.size.bind(blobs),
  delete: blobs.delete.bind(blobs),
  list: blobs.list.bind(blobs),
});

function filesOf(config: Config, { db, hot }: Database, jobs: Jobs) {
  const { blobs, scanner, url: origin, ...limits } = config.files;
  const now = Date.now;
  const uuid = () => Bun.randomUUIDv7();
  const logger = createLogger({
    ...config.log,
    level: 'error',
    write: (line) => process.stderr.write(`${line}\n`),
    now,
  });
  const log = createLog({ db, hot, bus: createLocalHub().join(), now, uuid, capacity: 1 });
  const store = whole(createBlobs(blobs, { folder: join(config.data, 'blobs'), uuid }));
  const shared = { db, now, uuid, logger, log, jobs, limits, origin };
  return createFiles({
    ...shared,
    blobs: store,
    scanner: createScanner(scanner),
    // Nothing is signed here.
    tokenSecret: '',
    folder: join(config.data, 'uploads'),
  });
}

export interface Publisher {
  readonly db: Db;
  readonly jobs: Jobs;
  readonly app: number;
  /** Brings an image of this machine, in the way of any upload: looked at, made anew, kept once. */
  bring(path: string): Promise<StoredFile>;
  /** Makes the squares of what has become a picture of the app. */
  makeSquares(): Promise<void>;
}

/** Lets the command line publish images of an app, beside a node or without one. */
export async function publisher(config: Config, database: Database, app: AppRecord): Promise<Publisher> {
  const { db } = database;
  const asked: object[] = [];
  const jobs = noQueue((task, payload) => {
    if (task === MAKE_SQUARES) asked.push(payload);
  });
  const files = filesOf(config, database, jobs);
  const create = files.handlers['files.create'] as Handler<'files.create', UserCaller>;
  const finish = files.handlers['files.finish'] as Handler<'files.finish', UserCaller>;
  await ensureUsers(db, { app: app.pk, ids: [OWNER], kind: 'host', at: new Date() });
  const none = { device: null, scopes: null, session: null, address: '' };
  const caller: UserCaller = { app, user: OWNER, ...none };
  async function bring(path: string): Promise<StoredFile> {
    const file = Bun.randomUUIDv7();
    const found = await stat(path);
    if (!found.isFile()) throw new CliError(`${resolve(path)} is no file: expected an image.`);
    const { size } = found;
    const name = basename(path);
    await create(caller, { file, kind: 'image', name, size, original: false });
    const target = files.uploads.path({ app: app.pk, file });
    await mkdir(dirname(target), { recursive: true });
    await copyFile(path, target);
    return (await finish(caller, { file })).stored;
  }
  async function makeSquares(): Promise<void> {
    for (const payload of asked.splice(0))
      await files.tasks[MAKE_SQUARES]?.(payload, { number: 1, last: true });
  }
  return { db, jobs, app: app.pk, bring, makeSquares };
}

/** Says in words of the command line what a file was refused for. */
export async function named<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT') throw new CliError(`There is no file ${resolve(path)}.`);
    if (error instanceof InlayError) throw new CliError(`${basename(path)}: ${error.message}`);
    throw error;
  }
}
