import { InlayError, LIMITS } from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import type { Files, UploadKey } from '../../slices/files/index.ts';

export type UploadFiles = Pick<Files, 'underWay' | 'uploads' | 'drop'>;

const VERSION = '1.0.0';
const CONTENT_TYPE = 'application/offset+octet-stream';
/** Uploads of one person that bring bytes at the same time. */
const AT_ONCE = 6;
/** Milliseconds after which a request that was one too many may come again. */
const RETRY_AFTER = 1000;
/** Seconds of silence that a request is left, once another goes on with the same upload. */
const LAST_PATIENCE = 1;
/** How long the other waits for it, in ms. */
const TAKE_OVER = 10_000;

/** A request for an upload, as the route found it. */
export interface TusRequest {
  request: Request;
  /** PATCH, HEAD or DELETE. */
  method: string;
  caller: UserCaller;
  file: string;
  /** Sets for how many seconds the connection may be silent. */
  patience(seconds: number): void;
}

/** A request that brings bytes. */
interface Running {
  patience(seconds: number): void;
  ended: Promise<void>;
}

/** What tus itself has words and a status for. */
function answer(status: number, headers: Record<string, string> = {}, text?: string): Response {
  const all = { 'Tus-Resumable': VERSION, 'Cache-Control': 'no-store', ...headers };
  return new Response(text ?? null, { status, headers: all });
}

const notUnderWay = (): InlayError =>
  new InlayError('not_found', 'No such upload of yours is under way; ask files.create how the file is.');

const isCount = (header: string | null): header is string => header !== null && /^\d{1,15}$/.test(header);

const tooMany = (why: string): InlayError => new InlayError('busy', why, { retryAfter: RETRY_AFTER });

async function within(milliseconds: number, work: Promise<void>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  return await Promise.race([work.then(() => true as const), promise]).finally(() => clearTimeout(timer));
}

/** Who brings bytes of what: one request for each upload, few for each person. */
class Writers {
  readonly #running = new Map<string, Running>();
  readonly #persons = new Map<string, number>();

  /**
   * Runs the only writer of an upload, which is told whether it waited for another. One that was there before is let
   * go, if it is silent.
   */
  async run<T>({ caller, file, patience }: TusRequest, write: (waited: boolean) => Promise<T>): Promise<T> {
    const person = `${caller.app.pk} ${caller.user}`;
    const upload = `${caller.app.pk} ${file}`;
    const before = this.#running.get(upload);
    if (before !== undefined) {
      before.patience(LAST_PATIENCE);
      await within(TAKE_OVER, before.ended);
      if (this.#running.has(upload)) throw tooMany('Another request brings bytes of this upload.');
    }
    const count = this.#persons.get(person) ?? 0;
    if (count >= AT_ONCE)
      throw tooMany(`At most ${AT_ONCE} uploads at once bring bytes; wait for one to end.`);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#running.set(upload, { patience, ended });
    this.#persons.set(person, count + 1);
    try {
      return await write(before !== undefined);
    } finally {
      this.#running.delete(upload);
      const left = (this.#persons.get(person) ?? 1) - 1;
      if (left === 0) this.#persons.delete(person);
      else this.#persons.set(person, left);
      end();
    }
  }
}

/** Appends the body of a PATCH, if it begins where the upload ends and goes no further than was declared. */
async function append(
  uploads: UploadFiles['uploads'],
  request: Request,
  o: { key: UploadKey; size: number },
): Promise<Response> {
  const { headers } = request;
  const [from, length] = [headers.get('upload-offset'), headers.get('content-length')];
  if (headers.get('content-type') !== CONTENT_TYPE)
    return answer(415, {}, `Expected the type ${CONTENT_TYPE}.\n`);
  if (!isCount(from)) return answer(400, {}, 'Expected the header Upload-Offset.\n');
  if (!isCount(length)) return answer(411, {}, 'Expected the header Content-Length.\n');
  const offset = await uploads.size(o.key);
  const told = { 'Upload-Offset': String(offset) };
  if (Number(from) !== offset) return answer(409, told, `The upload is at ${offset}.\n`);
  if (offset + Number(length) > o.size)
    return answer(413, told, `The upload was begun with ${o.size} bytes.\n`);
  await uploads.append(o.key, request, Number(length));
  return answer(204, { 'Upload-Offset': String(await uploads.size(o.key)) });
}

/** What a node can do, for whoever asks with OPTIONS. */
export const abilities = (): Response =>
  answer(204, {
    'Tus-Version': VERSION,
    'Tus-Extension': 'termination',
    'Tus-Max-Size': String(LIMITS.fileBytes),
  });

/**
 * The core of tus 1.0.0 and its extension Termination, https://tus.io/protocols/resumable-upload, for what
 * `files.create` began. Of the libraries, @tus/server passes each piece through the garbage collector, and the node grew
 * by up to 200 MB; here the runtime moves bytes from socket to file by itself.
 */
export function tusUploads(files: UploadFiles) {
  const writers = new Writers();
  /** Throws `not_found` for what is not the caller's, or is no upload to this node, and `busy`. */
  return async (o: TusRequest): Promise<Response> => {
    const { request, method, caller, file } = o;
    if (request.headers.get('tus-resumable') !== VERSION) {
      return answer(412, { 'Tus-Version': VERSION }, `Expected the header Tus-Resumable: ${VERSION}.\n`);
    }
    const under = await files.underWay(caller, file);
    if (under === undefined) throw notUnderWay();
    if (method === 'PATCH') {
      return await writers.run(o, async (waited) => {
        // It may have been dropped meanwhile, and begun anew with another size.
        const now = waited ? await files.underWay(caller, file) : under;
        if (now === undefined) throw notUnderWay();
        return await append(files.uploads, request, now);
      });
    }
    if (method === 'DELETE') {
      await files.drop(caller, file);
      return answer(204);
    }
    const offset = await files.uploads.size(under.key);
    return answer(200, { 'Upload-Offset': String(offset), 'Upload-Length': String(under.size) });
  };
}
