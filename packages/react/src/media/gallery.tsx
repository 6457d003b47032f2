import type { TimelineMessage } from '@inlay-im/client';
import { useInlay } from '../context.ts';
import { NavigationContext, useNavigation } from '../navigation.ts';
import { later } from '../primitives/later.tsx';

const Gallery = later(async () => (await import('./gallery/gallery.tsx')).Gallery);

/** Gives what shows an image or video of a message large, among all others of its conversation. */
export function useGallery(): (message: TimelineMessage, file: string) => void {
  const { present } = useInlay();
  const navigation = useNavigation();
  return (message, file) =>
    present((close) => (
      <NavigationContext.Provider value={navigation}>
        <Gallery message={message} file={file} onClose={close} />
      </NavigationContext.Provider>
    ));
}
