import { type AvatarSize, InlayError, type OPERATIONS } from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import type { Handler, HandlersOf } from '../../core/handler.ts';
import type { Jobs, Recurring, Task } from '../../core/jobs.ts';
import { type Logger, reason } from '../../core/log.ts';
import { Slots } from '../../core/slots.ts';
import type { Db } from '../../db/database.ts';
import type { Log } from '../../log/index.ts';
import { type BlobStore, BlobStoreFailed } from '../../ports/blobs.ts';
import type { Scanner } from '../../ports/scanner.ts';
import { addressKey } from './addresses.ts';
import { findAvatar } from './avatars.ts';
import { cancel, drop } from './cancel.ts';
import type { FilesContext, FilesLimits } from './context.ts';
import { create } from './create.ts';
import { deliveries } from './delivery.ts';
import { keepFetched } from './fetched.ts';
import { finish } from './finish.ts';
import { parts } from './parts.ts';
import { findPublished } from './published.ts';
import { fileOf } from './queries.ts';
import { MAKE_SQUARES, makeSquaresTask } from './squares.ts';
import { MAKE_STEPS, makeStepsTask } from './steps.ts';
import { sweepTasks } from './sweep.ts';
import { type UploadKey, Uploads } from './uploads.ts';
import { urls } from './urls.ts';

export { askToSweep } from './ask-to-sweep.ts';
export { attachable } from './attachable.ts';
export { changeAvatar } from './avatars.ts';
export type { Delivery } from './delivery.ts';
export { HEAD, typeOf } from './kinds.ts';
export { holdPublished } from './published.ts';
export { MAKE_SQUARES } from './squares.ts';

/** Files that are looked at at once. */
const AT_ONCE = 4;
const WAITING = 200;
/** Images that are decoded at once, for a finish or for their steps. */
const PICTURES = 2;

export interface FilesDeps {
  db: Db;
  now: () => number;
  uuid: () => string;
  logger: Logger;
  log: Log;
  jobs: Jobs;
  blobs: BlobStore;
  scanner: Scanner | undefined;
  /** Where bytes are on their way. */
  folder: string;
  limits: FilesLimits;
  /** The database's own, from its node state. */
  tokenSecret: string;
  /** Where addresses of files begin; undefined: at the node itself. */
  origin: string | undefined;
}

/** Milliseconds after which someone whom the store failed may ask again. */
const RETRY_AFTER = 5000;

/** A store that fails is logged, and told as what it is to who asks: something that goes by. */
function storing<N extends Names>(
  context: FilesContext,
  handler: Handler<N, UserCaller>,
): Handler<N, UserCaller> {
  return async (caller, input) => {
    try {
      return await handler(caller, input);
    } catch (error) {
      if (!(error instanceof BlobStoreFailed)) throw error;
      context.logger.error('the store of files failed', { reason: reason(error) });
      throw new InlayError('busy', 'The store of files does not answer; try again.', {
        retryAfter: RETRY_AFTER,
      });
    }
  };
}

type Names = Extract<keyof typeof OPERATIONS, `files.${string}`>;

export type { UploadKey } from './uploads.ts';

/** An upload to this node that is under way. */
export interface UnderWay {
  key: UploadKey;
  /** Bytes as declared. */
  size: number;
}

/** Files: brought, looked at, kept, handed out and removed. */
export function createFiles({ folder, uuid, tokenSecret, origin, ...shared }: FilesDeps) {
  const context: FilesContext = {
    ...shared,
    uploads: new Uploads({ folder, uuid }),
    key: addressKey(tokenSecret),
    origin: origin ?? '',
    slots: new Slots({ atOnce: AT_ONCE, waiting: WAITING }),
    pictures: new Slots({ atOnce: PICTURES, waiting: WAITING }),
  };
  const finishing = storing<'files.finish'>(context, finish(context));
  const handlers: HandlersOf<Names> = {
    'files.create': storing<'files.create'>(context, create(context)),
    'files.parts': storing<'files.parts'>(context, parts(context)),
    'files.finish': finishing,
    'files.cancel': storing<'files.cancel'>(context, cancel(context)),
    'files.urls': urls(context),
  };
  const { tasks, recurring } = sweepTasks(context);
  const making = { [MAKE_STEPS]: makeStepsTask(context), [MAKE_SQUARES]: makeSquaresTask(context) };
  const all: Record<string, Task> = { ...tasks, ...making };
  const crons: Recurring[] = recurring;
  return {
    handlers,
    tasks: all,
    recurring: crons,
    blobs: shared.blobs,
    /** Where browsers have files from and bring them to, beside the node itself. */
    origins: [origin && new URL(origin).origin, shared.blobs.origin].filter((one) => one !== undefined),
    uploads: context.uploads,
    ...deliveries(context),
    /** The bytes of what is someone's or something's picture; undefined where it is not, or not any more. */
    findAvatar: (file: string, size: AvatarSize) => findAvatar(context, file, size),
    /** The bytes of an emoji or sticker of an app; undefined where there is none, or none any more. */
    findPublished: (file: string) => findPublished(context, file),
    /** An upload of the caller's to this node; undefined if there is none, or none under way. */
    async underWay(caller: UserCaller, file: string): Promise<UnderWay | undefined> {
      const row = await fileOf(shared.db, { app: caller.app.pk, id: file });
      if (row?.owner !== caller.user || row.state !== 'uploading' || row.upload !== null) return undefined;
      return { key: { app: row.app, file }, size: Number(row.size) };
    },
    /** Makes an image that the node fetched a file of the caller's. */
    keepFetched: keepFetched(context, finishing),
    /** Drops an upload of the caller's. */
    drop: (caller: UserCaller, file: string) => drop(context, caller, file),
  };
}

export type Files = ReturnType<typeof createFiles>;
