import type { ConversationHandle, MembersView } from '@inlay-im/client';
import { useEffect, useMemo } from 'react';
import { useInlay } from '../context.ts';
import { type Emoji, toned } from '../emoji/emojis.ts';
import { emojiMemory } from '../emoji/memory.ts';
import { searchEmojis } from '../emoji/search.ts';
import { useCustomEmojis } from '../emoji/use-custom.ts';
import { useEmojis } from '../emoji/use-emojis.ts';
import { useMyId, useNames } from '../hooks/people.ts';
import { absent, useStore } from '../hooks/store.ts';
import { filterPeople, OFFERED, type Person } from './people.ts';
import type { Token } from './token.ts';

/** One thing that a token can be completed to. */
export interface Offer {
  readonly id: string;
  /** What is put in the token's place. */
  readonly text: string;
  readonly person?: Person;
  readonly emoji?: Emoji;
  /** The shortcode that is being typed, without its colons. */
  readonly code?: string | undefined;
}

const NOBODY: MembersView = { items: [], complete: true, loading: false };
/** In a larger conversation the first so many members are looked through, and who has spoken. */
const SEARCHED = 1000;

/** Who spoke last, latest first, without me. */
function speakers(handle: ConversationHandle, me: string): string[] {
  const senders = handle.timeline.messages().flatMap(({ sender }) => (sender === null ? [] : [sender]));
  return [...new Set(senders.reverse())].filter((id) => id !== me);
}

/** The people that a query may mean; nobody where it is undefined. Further members are loaded while too few fit. */
function usePeople(handle: ConversationHandle, query: string | undefined): readonly Person[] {
  const me = useMyId();
  const wanted = query !== undefined;
  const members = useStore<MembersView | undefined>(wanted ? handle.members : absent()) ?? NOBODY;
  const recent = useMemo(() => (wanted ? speakers(handle, me) : []), [handle, me, wanted]);
  const ids = useMemo(
    () => members.items.map(({ user }) => user).filter((user) => user !== me),
    [members.items, me],
  );
  const names = useNames(ids);
  const found = useMemo(() => {
    const people = ids.map((id, i) => ({ id, name: names[i] ?? id }));
    return query === undefined ? [] : filterPeople(people, query, recent);
  }, [ids, names, query, recent]);
  const loaded = members.items.length;
  const few = wanted && loaded > 0 && loaded < SEARCHED && !members.complete && found.length < OFFERED;
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each page it is looked whether there are enough.
  useEffect(() => {
    if (few) handle.members.more().catch(() => {});
  }, [few, loaded, handle]);
  return found;
}

function useFoundEmojis(query: string | undefined): readonly Emoji[] {
  const { locale } = useInlay();
  const emojis = useEmojis(locale, query !== undefined);
  const own = useCustomEmojis(query !== undefined);
  return useMemo(
    () => (emojis && query !== undefined ? searchEmojis([...own, ...emojis], query, OFFERED) : []),
    [emojis, own, query],
  );
}

const codeOf = ({ codes }: Emoji, query: string): string | undefined =>
  codes.find((code) => code.startsWith(query)) ?? codes[0];

/** What the token at the caret can be completed to, best first. */
export function useOffers(handle: ConversationHandle, token: Token | undefined): readonly Offer[] {
  const query = token?.query.toLowerCase() ?? '';
  const queryOf = (kind: Token['kind']) => (token?.kind === kind ? token.query : undefined);
  const people = usePeople(handle, queryOf('mention'));
  const emojis = useFoundEmojis(queryOf('emoji'));
  return useMemo(() => {
    const { tone } = emojis.length > 0 ? emojiMemory().get() : { tone: 0 };
    return [
      ...people.map((person) => ({ id: person.id, text: `@${person.name}`, person })),
      ...emojis.map((emoji) => ({
        id: emoji.emoji,
        text: toned(emoji, tone),
        emoji,
        code: codeOf(emoji, query),
      })),
    ];
  }, [people, emojis, query]);
}
