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
    if (message === undefined) return;
    setDay(dayOf(message.at));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setDay(undefined), DAY_STAYS);
  };
  return { day, show };
}

/** The key of the row at the upper edge. */
export const firstRow = (list: HTMLElement | null, box: HTMLElement | null): string | undefined => {
  if (list === null || box === null) return undefined;
  const edge = box.getBoundingClientRect().top + 1;
  const rows = [...list.children] as HTMLElement[];
  return rows.find((row) => row.getBoundingClientRect().bottom > edge)?.dataset.key;
};
