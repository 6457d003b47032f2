import { InlayError, type StoredFile } from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import type { Handler } from '../../core/handler.ts';
import { toStoredFile } from './attachable.ts';
import type { FilesContext } from './context.ts';
import { announce } from './create.ts';
import { fileOf, wasRejected } from './queries.ts';

/** Bytes that the node fetched for someone. */
export interface Fetched {
  /** Made by the person's device, as for an upload. */
  file: string;
  name: string;
  /** Gets the bytes; not called for a file that is whole already. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

const taken = (): InlayError =>
  new InlayError('conflict', 'There is another file with this id; take a new one.', { field: 'file' });

/**
 * Makes an image that the node fetched a file of the person's, the way that uploads take: quotas, scanner, type by the
 * first bytes, made anew. Repeating it with the same `file` gives the same answer.
 */
export const keepFetched =
  (context: FilesContext, finish: Handler<'files.finish'>) =>
  async (caller: UserCaller, { file, name, bytes }: Fetched): Promise<StoredFile> => {
    const key = { app: caller.app.pk, id: file };
    const known = await fileOf(context.db, key);
    if (known !== undefined && known.owner !== caller.user) throw taken();
    if (known?.state === 'rejected') throw wasRejected();
    if (known?.state === 'ready') return toStoredFile(known);
    const fetched = await bytes();
    const wanted = { file, kind: 'image', name, size: fetched.length, original: false } as const;
    const row = await announce(context, caller, { wanted, here: true });
    // Begun by another request meanwhile, or before, with bytes that are none of these.
    if (row.owner !== caller.user || row.upload !== null || Number(row.size) !== fetched.length)
      throw taken();
    if (row.state === 'uploading') await context.uploads.place({ app: row.app, file }, fetched);
    return (await finish(caller, { file })).stored;
  };
