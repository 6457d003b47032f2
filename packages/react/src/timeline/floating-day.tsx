import type { Timeline as Messages } from '@inlay-im/client';
import { useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { dayOf, day as dayText } from '../text/format.ts';

/** How long the floating day stays after scrolling, in milliseconds. */
const DAY_STAYS = 1200;

/** The day of what is at the upper edge, over it while it is scrolled. It repeats what the list says, so that it is not read out. */
export function FloatingDay({ day }: { day: number | undefined }) {
  const { locale } = useInlay();
  return (
    <p className={`inlay-floating-day${day === undefined ? '' : ' shown'}`} aria-hidden="true">
      {day !== undefined && <span key={day}>{dayText(locale, day, Date.now())}</span>}
    </p>
  );
}

/** The day at the upper edge while the list is scrolled; undefined a moment after. */
export function useFloatingDay(timeline: Messages) {
  const [day, setDay] = useState<number | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = (key: string | undefined) => {
    const message = key === undefined ? undefined : timeline.message(key).get();
    clearTimeout(timer.current);
    setDay(message && dayOf(message.at));
    if (message === undefined) return;
    timer.current = setTimeout(() => setDay(undefined), DAY_STAYS);
  };
  return { day, show };
}

/** Where the floating day lies, from the upper edge, in pixels. */
const ROOM = 48;

/** The key of the row at the upper edge; undefined where a day of the list itself stands in the floating one's place. */
export const firstRow = (list: HTMLElement | null, box: HTMLElement | null): string | undefined => {
  if (list === null || box === null) return undefined;
  const edge = box.getBoundingClientRect().top + 1;
  const rows = [...list.children] as HTMLElement[];
  const first = rows.findIndex((row) => row.getBoundingClientRect().bottom > edge);
  for (const row of rows.slice(first, first + 3)) {
    const day = row.querySelector('.inlay-day')?.getBoundingClientRect();
    if (day !== undefined && day.bottom > edge && day.top < edge + ROOM) return undefined;
  }
  return rows[first]?.dataset.key;
};
