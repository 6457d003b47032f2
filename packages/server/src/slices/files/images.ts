import { LIMITS } from '@inlay-im/protocol';
import type { Sharp, SharpOptions } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { isWhole } from './whole.ts';

/** The longest side of an image that is not sent as original. */
const LONGEST = 2560;
/** Widths of the smaller steps. */
export const STEPS = [320, 640, 1280] as const;
const QUALITY = 82;
/** Sides of what a thumbhash is made of: https://github.com/evanw/thumbhash takes at most 100. */
const HASHED = 100;
/** Seconds that one image may take to be made. */
const PATIENCE = 60;
/** Formats that move. */
const MOVING = new Set(['gif', 'webp']);
/** As the decoder calls them; AVIF is of the family of HEIF. */
const FORMATS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'heif',
};

/** These bytes are no image that may be shown; the message says why, and may name files of this machine. */
export class BadImage extends Error {
  override readonly name = 'BadImage';
}

export interface Picture {
  type: string;
  /** As seen. */
  width: number;
  height: number;
  animated: boolean;
  /** Base64. */
  thumbhash: string;
}

type Load = (path: string, options?: SharpOptions) => Sharp;
let loaded: Promise<Load> | undefined;

/** Loads the library on first use: a node that sees no image does not pay for it. */
function library(): Promise<Load> {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    // One image is one thread's work and is forgotten when it is done: memory stays bounded by how many run at once.
    sharp.cache(false);
    sharp.concurrency(1);
    // Of all that the decoder reads (SVG, PDF, raw matrices among it) only what is let through as an image.
    sharp.block({ operation: ['VipsForeignLoad'] });
    const wanted = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`);
    sharp.unblock({ operation: wanted });
    return (path, options) =>
      sharp(path, { failOn: 'error', limitInputPixels: LIMITS.imagePixels, ...options }).timeout({
        seconds: PATIENCE,
      });
  });
  return loaded;
}

/** Of libvips (vips_error_system): the machine failed it, by a full disk for one, and the image may be good. */
const OF_THE_MACHINE = /^(?:system|unix) error: /m;

/** What the decoder throws for bytes that it refuses becomes a BadImage. */
async function decoding<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (OF_THE_MACHINE.test(why)) throw error;
    throw new BadImage(why);
  }
}

interface Looked {
  width: number;
  height: number;
  animated: boolean;
  hasAlpha: boolean;
}

/** Reads the head of an image, without decoding it, and holds it to the limits. */
async function look(load: Load, path: string, type: string): Promise<Looked> {
  if (!(await isWhole(path, type))) throw new BadImage('the image breaks off');
  const head = await decoding(load(path, { pages: MOVING.has(FORMATS[type] ?? '') ? -1 : 1 }).metadata());
  if (head.format !== FORMATS[type]) throw new BadImage('the image is not of the type that it begins as');
  const pages = head.pages !== undefined && MOVING.has(head.format) ? head.pages : 1;
  const height = head.pageHeight ?? head.height;
  if (head.width * height * pages > LIMITS.imagePixels) throw new BadImage('the image has too many pixels');
  if (Math.max(head.width, height) > LIMITS.imageSide)
    throw new BadImage('the image is too long or too wide');
  const turned = head.orientation !== undefined && head.orientation >= 5;
  const size = turned ? { width: height, height: head.width } : { width: head.width, height };
  return { ...size, animated: pages > 1, hasAlpha: head.hasAlpha };
}

/** What stands for the image until it is there. Decodes the first picture of the file whole. */
async function thumbhashOf(load: Load, path: string): Promise<string> {
  const small = load(path)
    .autoOrient()
    .resize(HASHED, HASHED, { fit: 'inside' })
    .toColourspace('srgb')
    .ensureAlpha();
  const { data, info } = await decoding(small.raw().toBuffer({ resolveWithObject: true }));
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
}

/** Measures an image and leaves it as it is. All of it is decoded once, so that one that does not decode is found. */
export async function measure(path: string, type: string): Promise<Picture> {
  const load = await library();
  const { width, height, animated } = await look(load, path, type);
  if (animated) await decoding(load(path, { animated: true }).resize({ width: 16 }).raw().toBuffer());
  return { type, width, height, animated, thumbhash: await thumbhashOf(load, path) };
}

/**
 * Makes an image anew: turned as it is to be seen, in sRGB, of bounded size, and without anything that the camera or
 * an editor wrote into it, or that someone appended. Moving ones go on moving.
 */
export async function normalise(path: string, type: string, target: string): Promise<Picture> {
  const load = await library();
  const { animated, hasAlpha } = await look(load, path, type);
  const sized = load(path, { animated })
    .autoOrient()
    .resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true });
  const asWebp = animated || hasAlpha;
  const encoded = asWebp ? sized.webp({ quality: QUALITY, effort: 3 }) : sized.jpeg({ quality: QUALITY });
  const { width, height, pageHeight } = await decoding(encoded.toFile(target));
  return {
    type: asWebp ? 'image/webp' : 'image/jpeg',
    width,
    height: pageHeight ?? height,
    animated,
    thumbhash: await thumbhashOf(load, target),
  };
}

/** Cuts a square of at most so many pixels out of the middle of an image, as WebP that does not move. */
export async function square(path: string, target: string, side: number): Promise<void> {
  const load = await library();
  const image = load(path);
  const { width, height } = await decoding(image.metadata());
  const size = Math.min(side, width, height);
  const sized = image.autoOrient().resize({ width: size, height: size, fit: 'cover' });
  await decoding(sized.webp({ quality: QUALITY, effort: 3 }).toFile(target));
}

/** Makes a narrower step of an image as WebP. */
export async function shrink(
  path: string,
  target: string,
  o: { width: number; animated: boolean },
): Promise<void> {
  const load = await library();
  const sized = load(path, { animated: o.animated }).autoOrient().resize({ width: o.width });
  await decoding(sized.webp({ quality: 80, effort: 3 }).toFile(target));
}
