import type { EmojiByName } from '@inlay-im/client';
import { useMemo } from 'react';
import { useInlay } from '../context.ts';
import { absent, useStore } from '../hooks/store.ts';
import type { Emoji } from './emojis.ts';

/** The app's own emoji as the picker offers them; none while they are not wanted. */
export function useCustomEmojis(wanted = true): readonly Emoji[] {
  const { client } = useInlay();
  const all = useStore<EmojiByName | undefined>(wanted ? client.emoji.all : absent());
  return useMemo(
    () =>
      [...(all?.keys() ?? [])].map((name) => ({
        emoji: `:${name}:`,
        label: name,
        group: 'custom' as const,
        codes: [name],
        words: [name],
        skins: [],
      })),
    [all],
  );
}
