import type { Role } from '@inlay-im/protocol';
import { Messenger, type Place, SignIn } from '@inlay-im/react';
import { ANN, BEN, GUEST, OWN } from '../data/people.ts';
import { direct, type Scene, scene, type World, world } from '../data/world.ts';
import type { Section, State } from './section.ts';

const at = (id: string, title: string, made: () => World, place: Place): State => ({
  id,
  title,
  height: 640,
  world: made,
  show: () => <Messenger place={place} page={false} />,
});

const TALK = [
  { text: 'The blue tiles, then?' },
  { text: 'I think so.', sender: 'carla' },
  { text: 'I ordered them.', sender: 'ann' },
];

const group = (role: Role): Scene =>
  scene({
    id: 'studio',
    info: { title: 'Studio 工作室' },
    me: { role },
    roles: {
      ben: role === 'owner' ? 'admin' : 'owner',
      carla: 'admin',
      liwei: 'member',
      long: 'member',
      ann: role,
    },
    written: TALK,
  });

const channel = (): Scene =>
  scene({ id: 'news', info: { title: 'News', kind: 'channel', posting: 'admins' }, me: null, written: TALK });

const OPEN: Place = { conversation: 'studio' };
const DETAILS: Place = { ...OPEN, page: 'details' };

export const details: Section = {
  id: 'details',
  title: 'Details of a conversation',
  states: [
    at('owner', 'Group, as its owner', () => world({ scenes: [group('owner')] }), DETAILS),
    at('admin', 'Group, as an admin', () => world({ scenes: [group('admin')] }), DETAILS),
    at('member', 'Group, as a member', () => world({ scenes: [group('member')] }), DETAILS),
    at('direct', 'Direct', () => world({ scenes: [direct(BEN, { written: TALK })] }), {
      conversation: 'direct:ann,ben',
      page: 'details',
    }),
    at('channel', 'Channel that I only read', () => world({ scenes: [channel()] }), {
      conversation: 'news',
      page: 'details',
    }),
  ],
};

export const me: Section = {
  id: 'me',
  title: 'Me',
  states: [
    at('host', 'Named by the host app', () => world({ me: ANN }), { page: 'me' }),
    at('account', 'With an account of its own', () => world({ me: OWN }), { page: 'me' }),
    at('guest', 'Guest', () => world({ me: GUEST }), { page: 'me' }),
  ],
};

export const entry: Section = {
  id: 'entry',
  title: 'Signing in, and beginning',
  states: [
    {
      id: 'sign-in',
      title: 'Sign-in',
      height: 700,
      world: () => world({ me: undefined }),
      show: () => <SignIn />,
    },
    {
      id: 'sign-in-app',
      title: 'Sign-in to an app that has a name of its own',
      height: 700,
      world: () => world({ me: undefined, app: 'Tiles & more 瓷砖' }),
      show: () => <SignIn />,
    },
    at('new', 'New conversation', () => world({ scenes: [direct(BEN, { written: TALK })] }), { page: 'new' }),
  ],
};

export const whole: Section = {
  id: 'messenger',
  title: 'Messenger',
  states: [
    at(
      'open',
      'A conversation is open',
      () => world({ scenes: [group('owner'), direct(BEN, { written: TALK, unread: 1, typing: ['ben'] })] }),
      OPEN,
    ),
    at(
      'list',
      'Nothing is open',
      () => world({ scenes: [group('owner'), direct(BEN, { written: TALK })] }),
      {},
    ),
  ],
};

export const empties: Section = {
  id: 'empty',
  title: 'Empty, and still coming',
  states: [
    at('list', 'No conversation yet', () => world(), {}),
    at('timeline', 'No message yet', () => world({ scenes: [direct(BEN)] }), {
      conversation: 'direct:ann,ben',
    }),
    at('stranger', 'A conversation that does not exist yet', () => world(), {
      conversation: 'direct:ann,carla',
    }),
    at('list-skeleton', 'Conversations are coming', () => world({ link: 'connecting' }), {}),
    at(
      'timeline-skeleton',
      'Messages are coming',
      () =>
        world({ scenes: [scene({ id: 'slow', info: { title: 'Studio' }, written: TALK, loaded: false })] }),
      { conversation: 'slow' },
    ),
  ],
};
