import { constants } from 'node:fs';
import { copyFile, link } from 'node:fs/promises';

/** File systems that have no hard links, or not from there to here, say one of these. */
const NO_LINK = new Set(['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Another name of the same bytes; a copy where the file system has no such thing. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = String((error as { code?: unknown } | null)?.code ?? '');
    if (!NO_LINK.has(code)) throw error;
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}
