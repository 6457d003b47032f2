import { expect, test } from 'bun:test';
import type { ConversationView } from '@inlay-im/client';
import type { User } from '@inlay-im/protocol';
import { translator } from '../i18n/index.ts';
import { type OffersOptions, offersOf } from './offers.ts';

const user = (id: string, name: string | null): User => ({
  id,
  kind: 'host',
  name,
  avatar: null,
  custom: null,
});

function view(id: string, activeAt: number, about: Partial<ConversationView>): ConversationView {
  const peer = null;
  return {
    id,
    kind: 'group',
    title: null,
    avatar: null,
    memberCount: 3,
    unread: 0,
    activeAt,
    peer,
    ...about,
  } as ConversationView;
}

const CONVERSATIONS = [
  view('studio', 30, { title: 'Studio 工作室' }),
  view('direct:ann,ben', 50, { kind: 'direct', peer: user('ben', 'Ben Okafor'), memberCount: 2 }),
  view('direct:ann,ann', 10, { kind: 'direct', peer: user('ann', 'Ann'), memberCount: 1 }),
  view('benches', 40, { title: 'Benches' }),
];
const PEOPLE = [
  { id: 'ben', name: 'Ben Okafor', picture: null },
  { id: 'carla', name: 'Carla Müller', picture: null },
];

const names = (query: string, others: Partial<OffersOptions> = {}): string[] =>
  offersOf({
    t: translator('en'),
    me: 'ann',
    conversations: CONVERSATIONS,
    people: PEOPLE,
    current: undefined,
    stranger: undefined,
    query,
    ...others,
  }).map(({ kind, name }) => `${kind}: ${name}`);

test('without a query, where one was last comes first, but not where one is', () => {
  expect(names('', { current: 'direct:ann,ben' })).toEqual([
    'conversation: Benches',
    'conversation: Studio 工作室',
    'conversation: Notes to yourself',
    'person: Carla Müller',
  ]);
});

test('with a query, what fits best, and someone with a conversation only once', () => {
  expect(names('ben', { current: 'direct:ann,ben' })).toEqual([
    'conversation: Ben Okafor',
    'conversation: Benches',
  ]);
  expect(names('作室')).toEqual(['conversation: Studio 工作室']);
  expect(names('muller')).toEqual(['person: Carla Müller']);
});

test('someone whose id was entered comes last, unless they are there already', () => {
  expect(names('zoe', { stranger: user('zoe', 'Zoë') })).toEqual(['person: Zoë']);
  expect(names('carla', { stranger: user('carla', 'Carla Müller') })).toEqual(['person: Carla Müller']);
  expect(names('zoe', { stranger: user('zoe', null) })).toEqual(['person: zoe']);
});
