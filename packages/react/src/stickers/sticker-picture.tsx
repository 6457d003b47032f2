import type { Sticker } from '@inlay-im/protocol';
import { useInlay } from '../context.ts';
import { useCalm } from '../hooks/calm.ts';
import { Still } from '../media/still.tsx';

export type Seen = Pick<Sticker, 'file' | 'emoji' | 'animated'>;

export interface StickerPictureProps {
  readonly sticker: Seen;
  readonly src: string | undefined;
  onLost?(): void;
}

/** A sticker filling the box around it; one that moves stands still for those who asked for that. */
export function StickerPicture({ sticker, src, onLost }: StickerPictureProps) {
  const { t } = useInlay();
  const calm = useCalm();
  const label = t('sticker.name', { emoji: sticker.emoji });
  if (src === undefined) return null;
  if (sticker.animated && calm) return <Still src={src} label={label} {...(onLost && { onLost })} />;
  return <img src={src} alt={label} draggable={false} decoding="async" onError={onLost} />;
}
