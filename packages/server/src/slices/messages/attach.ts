import { type Body, InlayError, type SendableBody, type StoredFile } from '@inlay-im/protocol';
import type { UserCaller } from '../../core/caller.ts';
import type { Append, Log } from '../../log/index.ts';
import { attachable } from '../files/index.ts';
import { stickerNotFound, stickerOf } from '../stickers/index.ts';

type Sendable<K extends SendableBody['kind']> = Extract<SendableBody, { kind: K }>;
type SendableMedia = Sendable<'media'>;
type SendableSticker = Sendable<'sticker'>;
export type PlainBody = Exclude<SendableBody, SendableMedia | SendableSticker>;

export const isPlain = (body: SendableBody): body is PlainBody =>
  body.kind !== 'media' && body.kind !== 'sticker';

/** A body as it is stored, with the files that it keeps. */
export type Stored = Pick<Append, 'body' | 'files'>;

const fieldOf = (i: number): string => `body.items.${i}.file`;

function checkDistinct(items: SendableMedia['items']): void {
  const ids = items.map(({ file }) => file);
  const twice = ids.findIndex((file, i) => ids.indexOf(file) < i);
  if (twice >= 0) {
    throw new InlayError('invalid_input', 'This file is in the message already.', { field: fieldOf(twice) });
  }
}

function checkTogether(files: readonly StoredFile[]): void {
  const voice = files.findIndex(({ kind }) => kind === 'voice');
  if (voice >= 0 && files.length > 1) {
    throw new InlayError('invalid_input', 'A voice message stands alone; send it by itself.', {
      field: fieldOf(voice),
    });
  }
}

/** The same words whether it does not exist, belongs to another app, is not the caller's to see, or is not whole yet. */
const noSuchFile = (i: number): InlayError =>
  new InlayError('not_found', 'There is no such file, it is not whole yet, or you may not see it.', {
    field: fieldOf(i),
  });

/** What a body without files is stored as. */
export const plain = (body: PlainBody): Stored => ({ body, files: null });

/** Fills in what the node knows of the files, so that the message stands alone. Throws what is wrong with which one. */
export async function attach(log: Log, caller: UserCaller, { items, text }: SendableMedia): Promise<Stored> {
  checkDistinct(items);
  const asking = { app: caller.app.pk, user: caller.user };
  const found = await attachable(
    log.db,
    asking,
    items.map(({ file }) => file),
  );
  const known = new Map(found.map((file) => [file.file, file]));
  const files = items.map(({ file }, i) => {
    const one = known.get(file);
    if (one === undefined) throw noSuchFile(i);
    return one;
  });
  checkTogether(files);
  const body: Body = {
    kind: 'media',
    items: files.map((file, i) => ({ ...file, caption: items[i]?.caption ?? null })),
    text,
  };
  const posters = files.flatMap(({ poster }) => (poster === null ? [] : [poster]));
  return {
    body,
    files: [
      ...files.map(({ file, kind }) => ({ file, kind })),
      ...[...new Set(posters)].map((file) => ({ file, kind: 'poster' as const })),
    ],
  };
}

/** Fills in what the node knows of a sticker, which the message keeps though its pack is withdrawn. */
export async function stick(log: Log, caller: UserCaller, body: SendableSticker): Promise<Stored> {
  const found = await stickerOf(log.db, caller.app.pk, body);
  if (found === undefined) throw stickerNotFound('body.sticker');
  const { id: _, ...sticker } = found;
  return { body: { ...body, ...sticker }, files: [{ file: sticker.file, kind: 'sticker' }] };
}

const filesStay = (field: string): InlayError =>
  new InlayError(
    'invalid_input',
    'The files of a message stay as they are, in their order; send another message.',
    {
      field,
    },
  );

/** A body with what an edit says: of a message with files its text and captions, never the files. */
export function edited(before: Body | null, to: SendableBody): Body {
  if (to.kind !== 'media') {
    if (before?.kind === 'media' || before?.kind === 'sticker' || to.kind === 'sticker')
      throw filesStay('body.kind');
    return to;
  }
  if (before?.kind !== 'media') throw filesStay('body.kind');
  if (to.items.length !== before.items.length) throw filesStay('body.items');
  const items = before.items.map((item, i) => {
    const said = to.items[i];
    if (said?.file !== item.file) throw filesStay(fieldOf(i));
    return { ...item, caption: said.caption };
  });
  return { ...before, items, text: to.text };
}
