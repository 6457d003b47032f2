import type { MediaBody, StoredFile } from '@inlay-im/protocol';
import { type NewFile, type OutboxFile, shownMedia } from './file.ts';

function described(file: string, { blob, poster: _, ...rest }: NewFile): OutboxFile {
  const { lastModified } = blob as Partial<File>;
  return {
    ...rest,
    file,
    type: blob.type,
    size: blob.size,
    ...(lastModified === undefined ? {} : { modified: lastModified }),
  };
}

/** Describes files under new ids; `bytes` are those of all of them, posters too. */
export function describe(chosen: readonly NewFile[], newId: () => string) {
  const bytes = new Map<string, Blob>();
  const one = (file: NewFile): OutboxFile => {
    const id = newId();
    bytes.set(id, file.blob);
    if (file.poster === undefined) return described(id, file);
    const poster = one({ blob: file.poster, kind: 'image', name: `${file.name}.poster` });
    return { ...described(id, file), poster };
  };
  return { files: chosen.map(one), bytes };
}

/** Whether what was chosen is the file that an upload began with, so that it can go on. */
export const isSame = (file: OutboxFile, { blob, name }: NewFile): boolean =>
  file.size === blob.size && file.name === name && file.modified === (blob as Partial<File>).lastModified;

/** A file as it is shown until the node says what it is. */
const pictured = (known: OutboxFile): StoredFile => ({
  file: known.file,
  kind: known.kind,
  name: known.name,
  type: known.type || 'application/octet-stream',
  size: known.size,
  width: known.width ?? null,
  height: known.height ?? null,
  duration: known.duration ?? null,
  thumbhash: null,
  waveform: known.waveform ?? null,
  animated: false,
  poster: known.poster?.file ?? null,
});

/** The message of these files: its body, how that looks, and what is to be brought before. */
export function draftOf(files: readonly OutboxFile[], text: string | null) {
  const items = files.map(({ file, caption }) => ({ file, caption: caption ?? null }));
  const body = { kind: 'media' as const, items, text };
  const shown: MediaBody = shownMedia(body, files.map(pictured));
  return { body, shown, files };
}
