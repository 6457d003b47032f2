import type { Message } from '@inlay-im/protocol';
import { Timeline } from '@inlay-im/react';
import { BEN } from '../data/people.ts';
import { ago, direct, type Scene, type SceneOptions, scene, type Written, world } from '../data/world.ts';
import type { Section, State } from './section.ts';

function state(id: string, title: string, made: () => Scene, height = 190): State {
  return {
    id,
    title,
    height,
    world: () => world({ scenes: [made()] }),
    show: () => <Timeline id={made().conversation.id} />,
  };
}

const own = (id: string, title: string, written: Written, more: Omit<SceneOptions, 'id'> = {}) =>
  state(id, title, () =>
    direct(BEN, { ...more, written: [{ sender: 'ann', text: 'I ordered the tiles.', ...written }] }),
  );

const other = (id: string, title: string, ...written: Written[]) =>
  state(id, title, () => scene({ id: `message-${id}`, info: { title: 'Studio 工作室' }, written }));

const waiting = (id: string, title: string, link: 'offline' | 'online', failed: boolean): State => ({
  ...state(id, title, () =>
    direct(BEN, {
      written: [{ text: 'Are they here yet?' }],
      waiting: [
        {
          body: { kind: 'text', text: 'They come on Friday.' },
          replyTo: null,
          ...(failed ? { error: { code: 'forbidden', message: 'only admins write here' } } : {}),
        },
      ],
    }),
  ),
  world: () =>
    world({
      link,
      scenes: [
        direct(BEN, {
          written: [{ text: 'Are they here yet?' }],
          waiting: [
            {
              body: { kind: 'text', text: 'They come on Friday.' },
              replyTo: null,
              ...(failed ? { error: { code: 'forbidden', message: 'only admins write here' } } : {}),
            },
          ],
        }),
      ],
    }),
});

const system = (over: Partial<Message['body'] & { kind: 'system' }>): Written => ({
  sender: null,
  body: {
    kind: 'system',
    event: 'created',
    actor: 'ben',
    users: [],
    count: 0,
    title: null,
    role: null,
    ...over,
  },
});

export const messages: Section = {
  id: 'message',
  title: 'Message',
  states: [
    own('own-sent', 'Own, sent', {}),
    own('own-delivered', 'Own, delivered', {}, { info: { others: { readN: 0, deliveredN: 1 } } }),
    own('own-read', 'Own, read', {}, { info: { others: { readN: 1, deliveredN: 1 } } }),
    waiting('own-sending', 'Own, sending', 'offline', false),
    waiting('own-failed', 'Own, not sent', 'online', true),
    other('first', 'First of a sender, in a group', { text: 'The blue tiles, then?' }),
    other(
      'following',
      'Several of one sender',
      { text: 'The blue tiles, then?', minutes: 5 },
      { text: 'Or the grey ones.', minutes: 5 },
      { text: 'I could live with either.', minutes: 5 },
    ),
    other('nameless', 'Someone without a name', { text: 'Good morning.', sender: 'u_48151623' }),
    other('edited', 'Edited', { text: 'On Friday at ten.', editedAt: ago(1) }),
    own('recalled-own', 'Taken back by me', { body: null, recalledAt: ago(1), recalledBy: 'ann' }),
    other('recalled', 'Taken back by someone', { body: null, recalledAt: ago(1), recalledBy: 'ben' }),
    other(
      'reply',
      'Reply',
      { text: 'Which colour is it going to be, after all the talk we had about it?', minutes: 9 },
      { text: 'Blue.', sender: 'carla', replyTo: 1 },
    ),
    other(
      'reply-own',
      'Own reply, with words that lead somewhere',
      { text: 'Which colour is it going to be, after all the talk we had about it?', minutes: 9 },
      {
        text: '@Carla Méndez chose, see https://example.com/tiles.',
        sender: 'ann',
        replyTo: 1,
        mentions: ['carla'],
      },
    ),
    other(
      'reply-recalled',
      'Reply to what was taken back',
      { body: null, recalledAt: ago(1), recalledBy: 'ben', minutes: 9 },
      { text: 'Never mind.', sender: 'carla', replyTo: 1 },
    ),
    state('reactions', 'Reactions, one of them mine', () =>
      scene({
        id: 'message-reactions',
        written: [
          {
            text: 'They are here!',
            reactions: [
              { emoji: '🎉', count: 3 },
              { emoji: '❤️', count: 1 },
              { emoji: '👍', count: 12 },
            ],
          },
        ],
        mine: [[1, ['🎉']]],
      }),
    ),
    other('mention', 'Mention', {
      text: '@Ann Baker and @Carla Méndez, please look.',
      mentions: ['ann', 'carla'],
    }),
    other('link', 'Link', {
      text: 'See https://example.com/tiles?colour=blue, or write to ann@example.com.',
    }),
    other('emoji', 'Only emojis', { text: '🎉😀👍' }, { text: '❤️', sender: 'ann' }),
    other('long-word', 'A word without an end', { text: 'Donau'.repeat(60) }),
    other('lines', 'Lines and spaces', { text: 'First\n  second, indented\n\nfourth' }),
    other('rtl', 'Right to left', { text: 'האריחים הכחולים הגיעו, 12 חבילות!', sender: 'noa' }),
    other('chinese', 'Chinese', { text: '蓝色的瓷砖已经到了，一共十二箱。', sender: 'liwei' }),
    other('custom', "The app's own message", {
      body: { kind: 'custom', type: 'order.placed', data: { order: 42 }, fallback: 'Order 42 was placed' },
    }),
    state(
      'system',
      'System lines',
      () =>
        scene({
          id: 'message-system',
          written: [
            system({ event: 'created', title: 'Studio 工作室' }),
            system({ event: 'membersAdded', users: ['carla', 'liwei'], count: 14 }),
            system({ event: 'titleChanged', title: 'Studio' }),
            system({ event: 'roleChanged', users: ['carla'], count: 1, role: 'admin' }),
            system({ event: 'memberLeft', actor: 'liwei', users: ['liwei'], count: 1 }),
          ],
        }),
      300,
    ),
    state(
      'unread',
      'New messages since I looked',
      () =>
        scene({
          id: 'message-unread',
          unread: 1,
          written: [
            { text: 'Yesterday', minutes: 60 * 25 },
            { text: 'Today', sender: 'carla' },
          ],
        }),
      260,
    ),
  ],
};
