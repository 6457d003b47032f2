import { ConversationList } from '@inlay-im/react';
import { BEN, CARLA, LIWEI, LONG, NOA } from '../data/people.ts';
import { ago, direct, type Scene, scene, world } from '../data/world.ts';
import type { Section, State } from './section.ts';

const FAR = Date.UTC(2100, 0, 1);

function state(id: string, title: string, made: () => Scene): State {
  return {
    id,
    title,
    height: 84,
    width: 400,
    world: () => world({ scenes: [made()] }),
    show: () => (
      <div className="rows-alone">
        <ConversationList />
      </div>
    ),
  };
}

const HELLO = [{ text: 'The blue tiles, then?' }];
const MINE = [{ text: 'I ordered them.', sender: 'ann' }];

export const rows: Section = {
  id: 'row',
  title: 'Conversation in the list',
  states: [
    state('plain', 'Read', () => direct(BEN, { written: HELLO })),
    state('own', 'My message is the last', () => direct(BEN, { written: MINE })),
    state('unread', 'Unread', () => direct(BEN, { written: [...HELLO, ...HELLO], unread: 2 })),
    state('many', 'More than a thousand unread', () =>
      scene({
        id: 'many',
        info: { title: 'News', lastN: 1400 },
        me: { readN: 0, joinedN: 0 },
        written: HELLO,
      }),
    ),
    state('marked', 'Marked as unread', () => direct(CARLA, { written: HELLO, me: { markedUnread: true } })),
    state('mention', 'Mentions me', () =>
      scene({
        id: 'mention',
        info: { title: 'Studio 工作室' },
        unread: 1,
        written: [{ text: '@Ann Baker, can you look?', mentions: ['ann'] }],
      }),
    ),
    state('muted', 'Muted, with unread ones', () =>
      scene({ id: 'muted', info: { title: 'Lunch' }, unread: 1, written: HELLO, me: { mutedUntil: FAR } }),
    ),
    state('pinned', 'Pinned', () => direct(BEN, { written: HELLO, me: { pinnedAt: ago(9) } })),
    state('draft', 'Draft', () => direct(BEN, { written: HELLO, me: { draft: 'Could you bring the' } })),
    state('typing', 'Someone types', () => direct(BEN, { written: HELLO, typing: ['ben'] })),
    state('long', 'Long title and text', () =>
      direct(LONG, { written: [{ text: 'A sentence that has no end in sight '.repeat(8), sender: 'long' }] }),
    ),
    state('chinese', 'Chinese', () =>
      direct(LIWEI, { written: [{ text: '蓝色的瓷砖已经到了', sender: 'liwei' }] }),
    ),
    state('rtl', 'Right to left', () =>
      direct(NOA, { written: [{ text: 'האריחים הכחולים הגיעו!', sender: 'noa' }], unread: 1 }),
    ),
    state('recalled', 'Taken back', () =>
      direct(BEN, { written: [{ body: null, recalledAt: ago(2), recalledBy: 'ben' }] }),
    ),
    state('system', 'System line', () =>
      scene({
        id: 'system-row',
        info: { title: 'Studio 工作室' },
        written: [
          {
            sender: null,
            body: {
              kind: 'system',
              event: 'membersAdded',
              actor: 'ben',
              users: ['liwei'],
              count: 1,
              title: null,
              role: null,
            },
          },
        ],
      }),
    ),
    state('untitled', 'Group without a name or a message', () => scene({ id: 'untitled' })),
  ],
};
