import type { Readable } from 'node:stream';
import { InlayError, LIMITS } from '@inlay-im/protocol';
import type { Server, Upload } from '@tus/server';
import type { UserCaller } from '../../core/caller.ts';
import type { Files, UnderWay } from '../../slices/files/index.ts';

export type UploadFiles = Pick<Files, 'underWay' | 'uploads' | 'drop'>;

/** Uploads of one person that bring bytes at the same time. */
const AT_ONCE = 6;
/** Milliseconds after which a request that was one too many may come again. */
const RETRY_AFTER = 1000;
/** Milliseconds that a request gets to write what it has, once another one goes on with its upload. */
const DRAIN = 1000;

/** The library knows an upload by one text; it holds all that its store needs. */
const nameOf = (under: UnderWay): string => JSON.stringify(under);
const underOf = (name: string): UnderWay => JSON.parse(name) as UnderWay;

/** The library, loaded when the first upload comes, with a store that is the rows of files and this node's disk. */
async function tusServer({ uploads }: UploadFiles, names: WeakMap<Request, string>): Promise<Server> {
  const tus = await import('@tus/server');

  class Store extends tus.DataStore {
    override extensions = ['termination'];

    override async getUpload(id: string): Promise<Upload> {
      const under = underOf(id);
      return new tus.Upload({ id, size: under.size, offset: await uploads.size(under.key) });
    }

    override write(bytes: Readable, id: string, offset: number): Promise<number> {
      return uploads.write(underOf(id).key, offset, bytes);
    }
  }

  return new tus.Server({
    path: '/media/uploads',
    datastore: new Store(),
    maxSize: LIMITS.fileBytes,
    lockDrainTimeout: DRAIN,
    getFileIdFromRequest: (request) => names.get(request),
    // Said by the route, for all of its answers.
    allowedOrigins: () => false,
  });
}

const notUnderWay = (): InlayError =>
  new InlayError('not_found', 'No such upload of yours is under way; ask files.create how the file is.');

/** Counts what each person does at once. */
class Counter {
  readonly #running = new Map<string, number>();

  async run<T>(person: string, work: () => Promise<T>): Promise<T> {
    const running = this.#running.get(person) ?? 0;
    if (running >= AT_ONCE) {
      throw new InlayError('busy', `At most ${AT_ONCE} uploads at once bring bytes; wait for one to end.`, {
        retryAfter: RETRY_AFTER,
      });
    }
    this.#running.set(person, running + 1);
    try {
      return await work();
    } finally {
      const left = (this.#running.get(person) ?? 1) - 1;
      if (left === 0) this.#running.delete(person);
      else this.#running.set(person, left);
    }
  }
}

/** Uploads by tus 1.0.0, https://tus.io/protocols/resumable-upload, of what `files.create` began. */
export function tusUploads(files: UploadFiles) {
  const names = new WeakMap<Request, string>();
  const counter = new Counter();
  let server: Promise<Server> | undefined;
  const load = () => (server ??= tusServer(files, names));

  return {
    /** What the node can do, for whoever asks. */
    options: async (request: Request): Promise<Response> => await (await load()).handleWeb(request),
    /** HEAD, PATCH and DELETE. Throws `not_found` for what is not the caller's, or is no upload to this node, and `busy`. */
    async handle(request: Request, caller: UserCaller, file: string): Promise<Response> {
      const under = await files.underWay(caller, file);
      if (under === undefined) throw notUnderWay();
      if (request.method === 'DELETE') {
        await files.drop(caller, file);
        return new Response(null, { status: 204, headers: { 'Tus-Resumable': '1.0.0' } });
      }
      const tus = await load();
      names.set(request, nameOf(under));
      if (request.method === 'HEAD') return await tus.handleWeb(request);
      return await counter.run(`${caller.app.pk} ${caller.user}`, () => tus.handleWeb(request));
    },
  };
}
