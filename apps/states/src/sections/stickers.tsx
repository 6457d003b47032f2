import { Timeline } from '@inlay-im/react';
import { sticker } from '../data/media.ts';
import { scene, type Written, world } from '../data/world.ts';
import type { Section, State } from './section.ts';

const state = (id: string, title: string, written: readonly Written[], height = 260): State => ({
  id,
  title,
  height,
  world: () => world({ publishes: true, scenes: [scene({ id: `sticker-${id}`, written })] }),
  show: () => <Timeline id={`sticker-${id}`} />,
});

export const stickers: Section = {
  id: 'sticker',
  title: 'Stickers and emoji of the app',
  states: [
    state('other', 'Sticker', [{ body: sticker(20) }]),
    state('own', 'Own sticker', [{ body: sticker(120), sender: 'ann' }]),
    state('wide', 'Wider than it is high', [{ body: sticker(200, { height: 96 }) }]),
    state(
      'reply',
      'Answering one, with one, and with words',
      [
        { body: sticker(20), minutes: 9 },
        { body: sticker(80), sender: 'ann', replyTo: 1, minutes: 8 },
        { text: 'Very well.', sender: 'carla', replyTo: 2 },
      ],
      640,
    ),
    state('reactions', 'With reactions', [
      {
        body: sticker(250),
        reactions: [
          { emoji: ':tile:', count: 2 },
          { emoji: '👍', count: 1 },
        ],
      },
    ]),
    state('emoji', 'Emoji of the app in a text, alone, and one that is gone', [
      { text: 'Bring the :trowel: and the :grout:, please.', minutes: 9 },
      { text: ':tile: :tile:', sender: 'ann', minutes: 8 },
      { text: 'No :plaster: left.', minutes: 7 },
    ]),
  ],
};
