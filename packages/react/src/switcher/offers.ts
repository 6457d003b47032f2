import type { ConversationView } from '@inlay-im/client';
import type { User } from '@inlay-im/protocol';
import { directId } from '@inlay-im/protocol/rules';
import type { KnownPerson } from '../hooks/known-people.ts';
import { nameOf } from '../hooks/people.ts';
import type { Translate } from '../i18n/index.ts';
import { type Range, search } from '../picker/match.ts';

/** Somewhere to go: a conversation that there is, or one that would begin. */
export interface Offer {
  readonly kind: 'conversation' | 'person';
  /** Of the conversation. */
  readonly id: string;
  readonly name: string;
  readonly picture: string | null;
  /** The other person of a direct conversation. */
  readonly person: string | undefined;
  readonly members: number;
  readonly unread: number;
  readonly ranges: readonly Range[];
}

/** So many of each kind are offered at once. */
const OFFERED = 20;

function ofConversation(t: Translate, me: string, view: ConversationView): Omit<Offer, 'ranges'> {
  const { id, peer, title, kind, avatar, memberCount, unread } = view;
  const name =
    peer === null
      ? (title ?? t(kind === 'channel' ? 'info.channel' : 'info.group'))
      : peer.id === me
        ? t('info.self')
        : nameOf(peer, peer.id);
  const picture = peer === null ? avatar : peer.avatar;
  return { kind: 'conversation', id, name, picture, person: peer?.id, members: memberCount, unread };
}

const ofPerson = (me: string, { id, name, picture }: KnownPerson): Omit<Offer, 'ranges'> => ({
  kind: 'person',
  id: directId(me, id),
  name,
  picture,
  person: id,
  members: 0,
  unread: 0,
});

export interface OffersOptions {
  readonly t: Translate;
  readonly me: string;
  readonly conversations: readonly ConversationView[];
  readonly people: readonly KnownPerson[];
  /** The conversation that is open; it is offered only to whoever asks for it. */
  readonly current: string | undefined;
  /** Someone whose id the query is. */
  readonly stranger: User | undefined;
  readonly query: string;
}

/**
 * Where a query may lead: conversations, those active last first among equals, then people whom I have none with, then
 * whoever has it as an id.
 */
export function offersOf(options: OffersOptions): readonly Offer[] {
  const { t, me, conversations, people, current, stranger, query } = options;
  const latest = conversations.toSorted((a, b) => b.activeAt - a.activeAt);
  const there = latest.map((view) => ofConversation(t, me, view));
  const taken = new Set(there.map(({ id }) => id));
  const others = people.map((person) => ofPerson(me, person)).filter(({ id }) => !taken.has(id));
  const find = (offers: readonly Omit<Offer, 'ranges'>[]): Offer[] =>
    search(offers, query, ({ name, person }) => ({ name, ...(person === undefined ? {} : { id: person }) }))
      .slice(0, OFFERED)
      .map(({ item, ranges }) => ({ ...item, ranges }));
  const asked = query.trim() !== '';
  const found = [...find(there.filter(({ id }) => asked || id !== current)), ...find(others)];
  if (stranger === undefined || found.some(({ person }) => person === stranger.id)) return found;
  const { id, avatar: picture } = stranger;
  return [...found, { ...ofPerson(me, { id, name: nameOf(stranger, id), picture }), ranges: [] }];
}
