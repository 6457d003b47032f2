import { LIMITS } from '@inlay-im/protocol/rules';

/** What a file can be shown as. The node decides by its bytes in the end. */
export type Kind = 'image' | 'video' | 'file';

/** Images that every browser shows and the node reads. Others, HEIC above all, go as files. */
const IMAGES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
]);
const VIDEOS: ReadonlySet<string> = new Set(['video/mp4', 'video/webm', 'video/quicktime']);

/** What a file may be by its type, before it was looked at. */
export function kindOf(type: string): Kind {
  const bare = type.replace(/;.*$/, '').trim().toLowerCase();
  if (IMAGES.has(bare)) return 'image';
  return VIDEOS.has(bare) ? 'video' : 'file';
}

/** Whether the node takes an image of this size as an image. */
export const fits = (width: number, height: number): boolean =>
  Math.max(width, height) <= LIMITS.imageSide && width * height <= LIMITS.imagePixels;
