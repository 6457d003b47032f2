import type { ConversationHandle } from '@inlay-im/client';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { lastSeen } from './scroll.ts';

interface Reading {
  readonly handle: ConversationHandle;
  readonly box: RefObject<HTMLElement | null>;
  readonly list: RefObject<HTMLElement | null>;
  /** Whether what is on the screen is what I was to be shown. */
  settled(): boolean;
  atEnd(): boolean;
}

/** Marks as read what is seen, while the page is looked at. Gives what to call whenever what is seen changed. */
export function useReading(reading: Reading): () => void {
  const latest = useRef(reading);
  latest.current = reading;
  const mark = useCallback(() => {
    const { handle, box, list, settled, atEnd } = latest.current;
    if (!settled() || document.visibilityState !== 'visible' || !document.hasFocus()) return;
    if (box.current === null || list.current === null) return;
    if (atEnd() && !handle.timeline.get().hasAfter) return handle.markRead();
    const n = Number(lastSeen(box.current, list.current)?.dataset.n);
    if (n > 0) handle.markRead(n);
  }, []);
  useEffect(() => {
    addEventListener('focus', mark);
    document.addEventListener('visibilitychange', mark);
    return () => {
      removeEventListener('focus', mark);
      document.removeEventListener('visibilitychange', mark);
    };
  }, [mark]);
  return mark;
}
