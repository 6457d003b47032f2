import type { UserCaller } from '../../core/caller.ts';
import type { Handler } from '../../core/handler.ts';
import { broughtOf } from './brought.ts';
import type { FilesContext } from './context.ts';
import { fileOf } from './queries.ts';
import { removeUnnamed, sweepBlobs } from './remove.ts';

/** Drops a file of the caller's that nothing names, whatever became of it so far. */
export async function drop(context: FilesContext, caller: UserCaller, file: string): Promise<void> {
  const key = { app: caller.app.pk, id: file };
  const row = await fileOf(context.db, key);
  if (row === undefined || row.owner !== caller.user) return;
  const removed = await removeUnnamed(context.db, key.app, [file]);
  if (removed.length === 0) return;
  if (row.state === 'uploading') await broughtOf(context, row).drop();
  await sweepBlobs(context, removed);
}

export const cancel =
  (context: FilesContext): Handler<'files.cancel'> =>
  async (caller, { file }) => {
    await drop(context, caller, file);
    return {};
  };
