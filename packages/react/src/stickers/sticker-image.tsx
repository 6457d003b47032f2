import type { TimelineMessage } from '@inlay-im/client';
import type { StickerBody } from '@inlay-im/protocol';
import { publishedPath } from '@inlay-im/protocol/rules';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { later } from '../primitives/later.tsx';
import { type Seen, StickerPicture } from './sticker-picture.tsx';

const KeptSticker = later(async () => (await import('./kept-sticker.tsx')).KeptSticker);

/** A sticker of a pack that is published. */
export function PublishedSticker({ sticker }: { sticker: Seen }) {
  const { client } = useInlay();
  return <StickerPicture sticker={sticker} src={client.resolve(publishedPath(sticker.file))} />;
}

export interface StickerImageProps {
  readonly message: TimelineMessage;
  readonly body: StickerBody;
}

/** The longest side of a sticker in a conversation, in the size of its texts. */
const SIDE = 11;

/** A sticker in a conversation. Its box has its size before the image is there. */
export function StickerImage({ message, body }: StickerImageProps) {
  const { client } = useInlay();
  const [withdrawn, setWithdrawn] = useState(false);
  const { width, height } = body;
  const wide = (SIDE * width) / Math.max(width, height);
  return (
    <span className="inlay-sticker" style={{ width: `${wide}em`, aspectRatio: `${width} / ${height}` }}>
      {withdrawn ? (
        <KeptSticker message={message} body={body} />
      ) : (
        <StickerPicture
          sticker={body}
          src={client.resolve(publishedPath(body.file))}
          onLost={() => setWithdrawn(true)}
        />
      )}
    </span>
  );
}
