import type { ConversationView, TimelineMessage } from '@inlay-im/client';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { Workbench } from '../conversation/workbench.ts';
import { useStore } from '../hooks/store.ts';
import type { useTimeline } from '../hooks/timeline.ts';
import { firstUnreadOf } from './grouping.ts';

const numberAt = (messages: readonly TimelineMessage[], n: number) =>
  messages.find((message) => message.n === n);

/** Lights a row up for a moment, once it is drawn. */
function flash(list: HTMLElement | null, key: string): void {
  requestAnimationFrame(() => {
    const row = [...(list?.children ?? [])].find((each) => (each as HTMLElement).dataset.key === key);
    row
      ?.querySelector('[data-message]')
      ?.animate([{ backgroundColor: 'var(--inlay-flash)' }, { backgroundColor: 'transparent' }], {
        duration: 1600,
        easing: 'ease-out',
      });
    row?.setAttribute('data-found', '');
  });
}

/** The number of the first message that I had not read when the conversation was opened; 0 where I had read all. */
export function useFirstUnread(bench: Workbench): number {
  const info = useStore(bench.handle.info);
  const first = useRef<{ bench: Workbench; n: number } | undefined>(undefined);
  if (first.current?.bench !== bench && info !== undefined) first.current = { bench, n: firstUnreadOf(info) };
  return first.current?.bench === bench ? first.current.n : 0;
}

export interface Opening {
  readonly bench: Workbench;
  readonly view: ReturnType<typeof useTimeline>;
  readonly info: ConversationView | undefined;
  readonly firstUnread: number;
  /** The bench whose conversation was brought to its place. */
  readonly placed: RefObject<Workbench | undefined>;
  readonly list: RefObject<HTMLElement | null>;
  toEnd(): void;
  toRow(key: string, at?: 'middle' | 'upper'): void;
}

/** Brings a conversation to where it is to be read: at first to what is new, later to any message that is wanted. */
export function useOpening({ bench, view, info, firstUnread, placed, list, toEnd, toRow }: Opening): void {
  const { timeline } = view;
  const wanted = useStore(bench.wanted);

  // Goes to the message that is wanted, which is loaded first where it is not there.
  useLayoutEffect(() => {
    if (wanted === undefined || !view.ready) return;
    const row = numberAt(timeline.messages(), wanted);
    if (row === undefined) {
      if (!timeline.get().loading) timeline.jumpTo(wanted).catch(() => bench.wanted.set(undefined));
      return;
    }
    toRow(row.key);
    bench.wanted.set(undefined);
    flash(list.current, row.key);
  }, [wanted, view, timeline, bench, toRow, list]);

  // Opens at the first message that is not read, which may lie before what is loaded.
  useLayoutEffect(() => {
    if (placed.current === bench || !view.ready || (info === undefined && view.keys.length > 0)) return;
    placed.current = bench;
    if (bench.wanted.get() !== undefined) return;
    const messages = timeline.messages();
    const oldest = messages.find((message) => message.n !== null)?.n ?? 0;
    const first = firstUnread > 0 ? messages.find(({ n }) => n !== null && n >= firstUnread) : undefined;
    if (firstUnread > 0 && firstUnread < oldest && view.hasBefore) bench.jumpTo(firstUnread);
    else if (first !== undefined) toRow(first.key, 'upper');
    else toEnd();
  }, [view, info, bench, timeline, firstUnread, toRow, toEnd, placed]);
}
