import type { ConversationHandle, TimelineMessage } from '@inlay-im/client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from '../../hooks/store.ts';
import { useMessage } from '../../hooks/timeline.ts';
import { keyOf, successor, withOpened } from './items.ts';

/** So near to the oldest that is loaded, older ones are asked for. */
const AHEAD = 4;

export interface Opened {
  readonly handle: ConversationHandle;
  readonly message: TimelineMessage;
  readonly file: string;
  onClose(): void;
}

/** What can be looked at, where one is in it, and the way to others. It ends once nothing is left. */
export function useItems({ handle, message, file, onClose }: Opened) {
  const store = handle.shared('media');
  const { items: shared, complete, loading } = useStore(store);
  const opened = useMessage(handle.timeline, message.key) ?? message;
  const all = useMemo(() => withOpened(shared, opened, complete), [shared, opened, complete]);
  const [key, go] = useState(() => keyOf(message, file));
  const at = all.findIndex((one) => one.key === key);
  const before = useRef(all);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (at < 0) {
      const next = successor(before.current, key, all);
      if (next === undefined) close.current();
      else go(next);
    }
    before.current = all;
  }, [all, at, key]);
  const short = !complete && !loading && shared.length > 0 && at < AHEAD;
  useEffect(() => {
    if (short) store.more().catch(() => {});
  }, [short, store]);
  const step = (by: number) => {
    const next = all[at + by];
    if (next !== undefined) go(next.key);
  };
  const toEnd = (end: 'first' | 'last') => {
    const wanted = end === 'first' ? all[0] : all.at(-1);
    if (wanted) go(wanted.key);
  };
  return { all, at, shown: all[at], complete, step, toEnd };
}
