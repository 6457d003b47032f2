import type { ConversationHandle, ConversationView, SelfChange } from '@inlay-im/client';
import type { Kit, MenuItem } from '../context.ts';

/** Muted until it is unmuted: the first day of the year 2100. */
export const FOREVER = Date.UTC(2100, 0, 1);

export const isMuted = (conversation: ConversationView, now = Date.now()): boolean =>
  conversation.self?.mutedUntil != null && conversation.self.mutedUntil > now;

export interface ItemsOptions {
  readonly kit: Kit;
  readonly handle: ConversationHandle;
  readonly info: ConversationView;
  /** Called when the conversation should no longer be looked at. */
  left(): void;
}

/** What I may set for me in a conversation, as items of a menu. */
export function conversationItems({ kit, handle, info, left }: ItemsOptions): (MenuItem | false)[] {
  const { t, attempt, toast } = kit;
  const { self, unread } = info;
  if (self === null) return [];
  const set = (change: SelfChange) => void attempt(handle.updateSelf(change));
  /** Done, said, and to be undone: what goes out of sight by a slip of the finger comes back. */
  const away = async (change: SelfChange, undo: SelfChange, text: string) => {
    left();
    if (!(await attempt(handle.updateSelf(change)))) return;
    toast({ text, action: { label: t('list.undo'), run: () => set(undo) } });
  };
  const muted = isMuted(info);
  const pinned = self.pinnedAt !== null;
  const fresh = unread > 0 || self.markedUnread;
  return [
    {
      label: t(pinned ? 'info.unpin' : 'info.pin'),
      icon: pinned ? 'unpin' : 'pin',
      run: () => set({ pinned: !pinned }),
    },
    {
      label: t(muted ? 'info.unmute' : 'info.mute'),
      icon: muted ? 'bell' : 'muted',
      run: () => set({ mutedUntil: muted ? null : FOREVER }),
    },
    fresh
      ? { label: t('list.markRead'), icon: 'check', run: () => handle.markRead() }
      : {
          label: t('info.markUnread'),
          icon: 'unread',
          run: () => {
            left();
            set({ markedUnread: true });
          },
        },
    self.archived
      ? { label: t('info.unarchive'), icon: 'archive', run: () => set({ archived: false }) }
      : {
          label: t('info.archive'),
          icon: 'archive',
          run: () => void away({ archived: true }, { archived: false }, t('list.archivedTitle')),
        },
    {
      label: t('list.hide'),
      icon: 'hide',
      run: () => void away({ hidden: true }, { hidden: false }, t('list.hidden')),
    },
  ];
}
