import type { TimelineMessage } from '@inlay-im/client';
import { useMemo } from 'react';
import { useInlay } from '../../context.ts';
import { itemsOf } from '../gallery/items.ts';
import { useGallery } from '../gallery.tsx';
import { Tile } from '../tile.tsx';
import { byMonth } from './months.ts';

/** Of one picture in the grid, in pixels of the page. */
const SIDE = 140;

/** Images and videos, newest first, by month. */
export function Grid({ messages }: { messages: readonly TimelineMessage[] }) {
  const { locale } = useInlay();
  const open = useGallery();
  const months = useMemo(
    () => byMonth(itemsOf(messages).toReversed(), ({ message }) => message.at),
    [messages],
  );
  const title = (at: number) =>
    new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' }).format(at);
  return months.map(({ at, items }) => (
    <section key={at} className="month">
      <h3>{title(at)}</h3>
      <ul className="inlay-grid">
        {items.map(({ key, message, item }) => (
          <li key={key}>
            <Tile message={message} item={item} width={SIDE} onOpen={() => open(message, item.file)} />
          </li>
        ))}
      </ul>
    </section>
  ));
}
