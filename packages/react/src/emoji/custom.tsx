import { customEmoji, publishedPath } from '@inlay-im/protocol/rules';
import { useEffect } from 'react';
import { useInlay } from '../context.ts';
import { useCalm } from '../hooks/calm.ts';
import { useStore } from '../hooks/store.ts';
import { Still } from '../media/still.tsx';

export interface CustomEmojiProps {
  /** With its colons. */
  readonly emoji: string;
  /** It stands alone. */
  readonly large?: boolean;
}

/** An emoji of the app as its image; as it was written where the app has none of this name. */
export function CustomEmoji({ emoji, large = false }: CustomEmojiProps) {
  const { client } = useInlay();
  const name = customEmoji(emoji) ?? '';
  const known = useStore(client.emoji.all).get(name);
  const calm = useCalm();
  useEffect(() => {
    if (known === undefined) client.emoji.misses(name);
  }, [client, known, name]);
  if (known === undefined) return emoji;
  const look = `inlay-custom-emoji${large ? ' large' : ''}`;
  const src = client.resolve(publishedPath(known.file));
  if (known.animated && calm) return <Still src={src} className={look} label={emoji} />;
  const { width, height } = known;
  return (
    <img className={look} src={src} alt={emoji} title={emoji} {...{ width, height }} draggable={false} />
  );
}

/** Any emoji: a character, or the image of one of the app. */
export const EmojiSign = ({ emoji }: { emoji: string }) =>
  customEmoji(emoji) === undefined ? emoji : <CustomEmoji emoji={emoji} />;
