import type { Attachment } from '@inlay-im/protocol';
import { Timeline } from '@inlay-im/react';
import { media as body, file, photo, video, voice } from '../data/media.ts';
import { BEN } from '../data/people.ts';
import { direct, type SceneOptions, scene, type Uploading, world } from '../data/world.ts';
import type { Section, State } from './section.ts';

interface Looks extends Pick<SceneOptions, 'played'> {
  readonly text?: string;
  readonly height?: number;
}

/** Files that came from someone else, in a group. */
function came(
  id: string,
  title: string,
  items: Attachment[],
  { text, height = 420, ...more }: Looks = {},
): State {
  const made = () =>
    scene({
      id: `media-${id}`,
      info: { title: 'Studio 工作室' },
      written: [{ body: body(items, text ?? null) }],
      ...more,
    });
  return {
    id,
    title,
    height,
    world: () => world({ scenes: [made()] }),
    show: () => <Timeline id={`media-${id}`} />,
  };
}

/** Files that I am sending, and how far they are. */
function mine(id: string, title: string, uploading: Uploading, height = 420): State {
  const made = () => direct(BEN, { written: [{ text: 'How does it look?' }], uploading: [uploading] });
  return {
    id,
    title,
    height,
    world: () => world({ scenes: [made()] }),
    show: () => <Timeline id={made().conversation.id} />,
  };
}

const drawn =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="#7aa" d="M0 0h4v3H0z"/><path fill="#565" d="M0 2h4v1H0z"/></svg>';
const blob = new Blob([new Uint8Array(2_400_000)]);
const roof = {
  blob: new Blob([drawn], { type: 'image/svg+xml' }),
  kind: 'image',
  name: 'roof.jpg',
  width: 1600,
  height: 1200,
} as const;
const plan = { blob, kind: 'file', name: 'Plan of the kitchen.pdf' } as const;
const film = {
  blob: new Blob([new Uint8Array(12_000_000)]),
  kind: 'file',
  name: 'Film of the building site.mkv',
} as const;
const LONG_NAME = 'Quarterly report of the second half of the year, final version, corrected.pdf';

export const media: Section = {
  id: 'media',
  title: 'Media',
  states: [
    came('photo', 'Photo', [photo(200, 1600, 1200)]),
    came('photo-text', 'Photo with words', [photo(20, 900, 1600)], {
      text: 'The view from the roof this morning, before the rain came.',
      height: 560,
    }),
    came('photo-small', 'Small picture', [photo(90, 48, 48)], { height: 220 }),
    came('photo-wide', 'Panorama', [photo(40, 6000, 700)], { height: 260 }),
    came('photo-gone', 'Photo that is gone', [photo(400, 1600, 1200)]),
    came('gif', 'Picture that moves', [photo(300, 480, 360, { animated: true })]),
    came('album-2', 'Album of two', [photo(10, 1600, 900), photo(70, 1600, 900)], { height: 540 }),
    came('album-3', 'Album of three', [photo(10, 900, 1600), photo(70, 800, 800), photo(130, 800, 800)], {
      text: 'All three from the same spot',
      height: 520,
    }),
    came(
      'album-7',
      'Album of seven, with a video',
      [
        ...[0, 50, 100, 150, 200, 250].map((hue, i) => photo(hue, i % 2 ? 1600 : 900, i % 3 ? 900 : 1300)),
        video(320, 12_000),
      ],
      { height: 620 },
    ),
    came('video', 'Video', [video(160, 83_000)]),
    came('voice', 'Voice message that I have not played', [voice(1, 42_000)], { height: 160 }),
    came('voice-played', 'Voice message that I played', [voice(2, 3_900_000)], { height: 160, played: [1] }),
    came('voice-flat', 'Voice message without a waveform', [voice(3, 2000, null)], { height: 160 }),
    came('file', 'File', [file(1, 'notes.md', 1290)], { height: 170 }),
    came(
      'files',
      'Files',
      [file(2, LONG_NAME, 1_400_000), file(3, 'תקציב.xlsx', 34_000), file(4, 'Makefile', 12)],
      {
        text: 'All for tomorrow',
        height: 300,
      },
    ),
    mine('sending', 'Being sent', { files: [roof], state: 'uploading' }),
    mine('paused', 'Held back', { files: [roof], state: 'paused' }),
    mine('failed', 'Not sent', { files: [film], state: 'failed' }, 240),
    mine('sending-file', 'File being sent', { files: [plan], state: 'uploading' }, 220),
  ],
};
