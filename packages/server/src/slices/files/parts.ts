import { InlayError } from '@inlay-im/protocol';
import type { Handler } from '../../core/handler.ts';
import type { FilesContext } from './context.ts';
import { ownFile } from './queries.ts';

/** Seconds for which a part may be brought. */
const GOOD_FOR = 3600;

export const parts =
  ({ db, blobs, now }: FilesContext): Handler<'files.parts'> =>
  async (caller, { file, numbers }) => {
    const row = await ownFile(db, caller, file);
    const store = blobs.parts;
    if (row.state !== 'uploading' || row.upload === null || store === undefined) {
      throw new InlayError('conflict', 'This file is not brought in parts; ask files.create how it is.', {
        field: 'file',
      });
    }
    const upload = row.upload;
    const { partSize } = store;
    const last = Math.ceil(Number(row.size) / partSize);
    const sizeOf = (number: number): number =>
      number < last ? partSize : Number(row.size) - (last - 1) * partSize;
    const beyond = numbers.find((number) => number > last);
    if (beyond !== undefined) {
      throw new InlayError('invalid_input', `numbers: this file has ${last} parts, and no part ${beyond}.`, {
        field: 'numbers',
      });
    }
    const expiresAt = now() + GOOD_FOR * 1000;
    const signed = await Promise.all(
      numbers.map(async (number) => ({
        number,
        url: await store.sign(upload, { number, size: sizeOf(number) }, GOOD_FOR),
      })),
    );
    return { parts: signed, expiresAt };
  };
