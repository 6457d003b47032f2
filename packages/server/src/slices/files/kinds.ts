import type { FileKind } from '@inlay-im/protocol';

/** Bytes at the start of a file that its type is told by. */
export const HEAD = 4100;

const IMAGES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
]);
const VIDEOS: ReadonlySet<string> = new Set(['video/mp4', 'video/webm', 'video/quicktime']);
/** What recorders of browsers make. Containers do not say at their start whether pictures are in them. */
const VOICES: Readonly<Record<string, string>> = {
  'audio/ogg': 'audio/ogg',
  'video/webm': 'audio/webm',
  'audio/webm': 'audio/webm',
  'video/mp4': 'audio/mp4',
  'audio/mp4': 'audio/mp4',
};
/** Names of the detector for what has a better known one. */
const ALIASES: Readonly<Record<string, string>> = {
  'image/apng': 'image/png',
  'video/x-m4v': 'video/mp4',
  'audio/x-m4a': 'audio/mp4',
  'application/ogg': 'audio/ogg',
  'video/ogg': 'audio/ogg',
};
export const UNKNOWN = 'application/octet-stream';

/** Types that a browser shows without running anything of them. Everything else is only ever downloaded. */
export const isInline = (type: string): boolean =>
  IMAGES.has(type) || VIDEOS.has(type) || /^audio\/(ogg|webm|mp4|mpeg|wav|aac|flac)$/.test(type);

/** The media type that the first bytes tell; `application/octet-stream` where they tell none. */
export async function typeOf(head: Uint8Array): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type');
  // A detector that stumbles over the bytes knows as little of them as one that does not recognise them.
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const mime = found?.mime.replace(/\s*;.*$/, '') ?? UNKNOWN;
  return ALIASES[mime] ?? mime;
}

export interface Decided {
  kind: FileKind;
  type: string;
}

/**
 * What a file is: its type by its bytes, and of the kinds that fit them the one it was brought as. Null: it poses as
 * an image and nothing in it says so.
 */
export function decide(declared: FileKind, type: string): Decided | null {
  const voice = VOICES[type];
  if (declared === 'image') {
    if (IMAGES.has(type)) return { kind: 'image', type };
    return type === UNKNOWN || /^(text|application)\//.test(type) ? null : decide('video', type);
  }
  if (declared === 'video' && VIDEOS.has(type)) return { kind: 'video', type };
  if (declared === 'voice' && voice !== undefined) return { kind: 'voice', type: voice };
  return { kind: 'file', type };
}
