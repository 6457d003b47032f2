import type { FileKind, SendableBody } from '@inlay-im/protocol';
import type { Db } from '../db/database.ts';

export interface ReadyFile {
  id?: string;
  app?: number;
  owner: string;
  kind?: FileKind;
  name?: string;
  state?: 'uploading' | 'ready' | 'rejected';
  poster?: string;
}

const TYPES: Readonly<Record<FileKind, string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  voice: 'audio/ogg',
  file: 'application/pdf',
};

/** A file of someone's as it is once it was uploaded, without its bytes. Gives its id; the owner is there already. */
export async function readyFile(db: Db, f: ReadyFile): Promise<string> {
  const {
    id = Bun.randomUUIDv7(),
    app = 1,
    owner,
    kind = 'image',
    name = `${kind}.bin`,
    state = 'ready',
    poster = null,
  } = f;
  const hash = new Bun.CryptoHasher('sha256').update(id).digest('hex');
  const [created_at, size] = [new Date(), '1000'];
  await db.insertInto('blobs').values({ app, hash, size, created_at }).execute();
  const played = kind === 'voice' || kind === 'video';
  await db
    .insertInto('files')
    .values({
      ...{ app, id, owner, state, kind, name, size, poster, created_at },
      ...{ type: TYPES[kind], blob: hash, thumbhash: null, waveform: kind === 'voice' ? 'AAEC' : null },
      ...{ width: kind === 'image' ? 640 : null, height: kind === 'image' ? 480 : null },
      ...{ duration: played ? 1500 : null, upload: null },
    })
    .execute();
  return id;
}

/** A body of these files. */
export const media = (
  files: readonly string[],
  text: string | null = null,
): Extract<SendableBody, { kind: 'media' }> => ({
  kind: 'media',
  items: files.map((file) => ({ file, caption: null })),
  text,
});
