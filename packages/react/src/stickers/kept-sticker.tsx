import type { TimelineMessage } from '@inlay-im/client';
import type { StickerBody } from '@inlay-im/protocol';
import { useImage } from '../media/source.ts';
import { StickerPicture } from './sticker-picture.tsx';

export interface KeptStickerProps {
  readonly message: TimelineMessage;
  readonly body: StickerBody;
}

/** A sticker whose pack the app withdrew: the message still has it. */
export function KeptSticker({ message, body }: KeptStickerProps) {
  const { conversation, n } = message;
  const place = { conversation, file: body.file, sent: n !== null };
  const { src, lost, failed } = useImage(place, body.width);
  return lost ? body.emoji : <StickerPicture sticker={body} src={src} onLost={failed} />;
}
