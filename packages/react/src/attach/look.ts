import type { Seen } from './chosen.ts';
import { fits, kindOf } from './kinds.ts';

/** A file that a browser could not make out by then goes without what it would have told. In milliseconds. */
const PATIENCE = 8000;
/** The longest side of a still, in pixels. */
const STILL = 1280;
/** How much of what a still shows is kept, as `toBlob` takes it. */
const QUALITY = 0.8;
/** The first frames of many videos are black: the still is from here, in seconds, or from the middle of shorter ones. */
const FROM = 1;

/** Waits for an event of an element; fails at its error, or when it takes too long. */
function heard(element: EventTarget, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(new Error(`${event} did not come`)), PATIENCE);
    const end = (error?: Error) => {
      clearTimeout(timer);
      element.removeEventListener(event, done);
      element.removeEventListener('error', failed);
      if (error) reject(error);
      else resolve();
    };
    const done = () => end();
    const failed = () => end(new Error('it cannot be shown'));
    element.addEventListener(event, done);
    element.addEventListener('error', failed);
  });
}

async function lookAtImage(url: string): Promise<Seen> {
  const image = new Image();
  const loaded = heard(image, 'load');
  image.src = url;
  await loaded;
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width < 1 || height < 1 || !fits(width, height)) return { kind: 'file' };
  return { kind: 'image', width, height };
}

/** A recording does not say how long it is until its end is sought. */
async function lengthOf(video: HTMLVideoElement): Promise<number | undefined> {
  if (!Number.isFinite(video.duration)) {
    const known = heard(video, 'durationchange');
    video.currentTime = Number.MAX_SAFE_INTEGER;
    await known.catch(() => {});
  }
  return Number.isFinite(video.duration) ? video.duration : undefined;
}

async function stillOf(video: HTMLVideoElement, length: number): Promise<Blob | undefined> {
  const shown = heard(video, 'seeked');
  video.currentTime = Math.min(FROM, length / 2);
  await shown;
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, STILL / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(videoWidth * scale));
  canvas.height = Math.max(1, Math.round(videoHeight * scale));
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  return blob ?? undefined;
}

async function lookAtVideo(url: string): Promise<Seen> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  // Safari seeks in nothing that it has only begun to load.
  video.preload = 'auto';
  try {
    const known = heard(video, 'loadeddata');
    video.src = url;
    await known;
    const { videoWidth: width, videoHeight: height } = video;
    if (width < 1 || height < 1) return { kind: 'file' };
    const length = await lengthOf(video);
    const poster = await stillOf(video, length ?? 0).catch(() => undefined);
    return {
      kind: 'video',
      width,
      height,
      ...(length === undefined ? {} : { duration: Math.round(length * 1000) }),
      ...(poster === undefined ? {} : { poster }),
    };
  } finally {
    // Lets go of the decoder, of which a phone has few.
    video.removeAttribute('src');
    video.load();
  }
}

/** What can be told of a file in the browser. What it cannot show goes as a file. */
export async function look(file: File, url: string): Promise<Seen> {
  const kind = kindOf(file.type);
  if (kind === 'file') return { kind };
  return await (kind === 'image' ? lookAtImage(url) : lookAtVideo(url)).catch((): Seen => ({ kind: 'file' }));
}
