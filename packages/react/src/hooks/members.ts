import type { MembersView } from '@inlay-im/client';
import { useMemo } from 'react';
import { useInlay } from '../context.ts';
import { useStore } from './store.ts';

/** The members that are loaded, and the way to load more. */
export function useMembers(id: string): MembersView & { more(): Promise<void> } {
  const { members } = useInlay().client.conversation(id);
  const view = useStore(members);
  return useMemo(() => ({ ...view, more: () => members.more() }), [view, members]);
}
