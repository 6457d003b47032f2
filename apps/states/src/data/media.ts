import type { Attachment, CustomEmoji, MediaBody, StickerBody, StickerPack } from '@inlay-im/protocol';

/** A sky over a field, blurred. */
const BLUR = 'IlcGRYx0d4d/iIh3iIh4h3B5CDd3';
const WAVE = btoa(
  String.fromCharCode(
    ...Array.from({ length: 80 }, (_, i) => Math.round(128 + 120 * Math.sin(i / 4) * Math.cos(i / 9))),
  ),
);

/** A file id whose end is a number: of a picture its hue. */
const idOf = (kind: number, number: number): string =>
  `01987f00-0000-7000-800${kind}-${String(number).padStart(12, '0')}`;

/** The hue of the picture that a file is; undefined for one that is gone. */
export function hueOf(file: string): number | undefined {
  const number = Number(file.slice(-12));
  return number < 360 ? number : undefined;
}

const attachment = (given: Partial<Attachment> & Pick<Attachment, 'file' | 'kind' | 'name'>): Attachment => ({
  type: 'application/octet-stream',
  size: 48_213,
  width: null,
  height: null,
  duration: null,
  thumbhash: null,
  waveform: null,
  animated: false,
  poster: null,
  caption: null,
  ...given,
});

/** A photo of a hue; one of 360 or more is gone. */
export const photo = (
  hue: number,
  width: number,
  height: number,
  more: Partial<Attachment> = {},
): Attachment =>
  attachment({
    file: idOf(1, hue),
    kind: 'image',
    name: `IMG_${hue}.jpg`,
    type: 'image/jpeg',
    width,
    height,
    thumbhash: BLUR,
    ...more,
  });

export const video = (hue: number, duration: number): Attachment =>
  attachment({
    file: idOf(2, hue),
    kind: 'video',
    name: 'clip.webm',
    type: 'video/webm',
    width: 1280,
    height: 720,
    duration,
    thumbhash: BLUR,
    poster: idOf(1, hue),
  });

export const voice = (number: number, duration: number, waveform: string | null = WAVE): Attachment =>
  attachment({
    file: idOf(3, number),
    kind: 'voice',
    name: 'voice.webm',
    type: 'audio/webm',
    duration,
    waveform,
  });

export const file = (number: number, name: string, size: number): Attachment =>
  attachment({ file: idOf(4, number), kind: 'file', name, size });

export const media = (items: Attachment[], text: string | null = null): MediaBody => ({
  kind: 'media',
  items,
  text,
});

const published = (hue: number, side: number) => ({
  file: idOf(5, hue),
  width: side,
  height: side,
  animated: false,
});

/** The emoji that the app publishes. */
export const EMOJI: CustomEmoji[] = ['tile', 'grout', 'trowel'].map((name, i) => ({
  name,
  ...published(40 * i, 64),
}));

const SAID = ['👋', '👍', '🎉', '😂', '🤔', '😴', '❤️', '👀'];

/** The packs that it publishes, the second too long to be seen at once. */
export const PACKS: StickerPack[] = [
  { id: 'discs', title: 'Discs', count: 8 },
  { id: 'moons', title: 'Maximiliana’s moons over the field, in every light there is', count: 24 },
].map(({ id, title, count }, pack) => ({
  id,
  title,
  stickers: Array.from({ length: count }, (_, i) => ({
    id: `s${i}`,
    emoji: SAID[i % SAID.length] ?? '👋',
    ...published((pack * 150 + i * 14) % 360, 256),
  })),
}));

/** A sticker as a message carries it. One that was withdrawn is kept with its message. */
export const sticker = (hue: number, over: Partial<StickerBody> = {}): StickerBody => ({
  kind: 'sticker',
  pack: 'discs',
  sticker: 's0',
  emoji: '👋',
  ...published(hue, 256),
  ...over,
});
