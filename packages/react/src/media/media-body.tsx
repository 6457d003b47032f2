import type { TimelineMessage } from '@inlay-im/client';
import type { MediaBody as Body } from '@inlay-im/protocol';
import { useMemo } from 'react';
import { isPicture } from '../text/media.ts';
import { Album } from './album.tsx';
import { useGallery } from './gallery.tsx';
import { FileRow, Voice } from './later.ts';

export interface MediaProps {
  readonly message: TimelineMessage;
  readonly body: Body;
}

/** What a message carries: images and videos as an album, voice to be played, and files to be downloaded. */
export function Media({ message, body }: MediaProps) {
  const open = useGallery();
  const { items } = body;
  const pictures = useMemo(() => items.filter(isPicture), [items]);
  return (
    <>
      {pictures.length > 0 && (
        <Album message={message} items={pictures} onOpen={(file) => open(message, file)} />
      )}
      {items.map((item) => {
        if (isPicture(item)) return null;
        const Part = item.kind === 'voice' ? Voice : FileRow;
        return (
          <div key={item.file} className={`inlay-place ${item.kind}`}>
            <Part message={message} item={item} />
          </div>
        );
      })}
    </>
  );
}
