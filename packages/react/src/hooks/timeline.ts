import type { Timeline, TimelineMessage, TimelineView } from '@inlay-im/client';
import { useMemo } from 'react';
import { useInlay } from '../context.ts';
import { useStore } from './store.ts';

/**
 * The messages of a conversation by key, oldest first, kept up to date for as long as the component is shown. Rows are
 * read with `useMessage`, so that a change of one renders that one alone.
 */
export function useTimeline(id: string): TimelineView & { readonly timeline: Timeline } {
  const { timeline } = useInlay().client.conversation(id);
  const view = useStore(timeline);
  return useMemo(() => ({ ...view, timeline }), [view, timeline]);
}

/** One row of a timeline; undefined where it is not loaded. */
export const useMessage = (timeline: Timeline, key: string): TimelineMessage | undefined =>
  useStore(useMemo(() => timeline.message(key), [timeline, key]));
