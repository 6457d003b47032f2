import type { ConversationHandle, ConversationView, SelfChange } from '@inlay-im/client';
import type { Kit, MenuItem } from '../context.ts';
import type { Key, Translate } from '../i18n/index.ts';
import { isMuted } from './muted.ts';

/** Muted until it is unmuted: the first day of the year 2100. */
export const FOREVER = Date.UTC(2100, 0, 1);

const HOUR = 3600_000;

/** For how long to mute, as items of a menu. */
export function muteItems(t: Translate, set: (change: SelfChange) => void): MenuItem[] {
  const item = (label: Key, until: () => number): MenuItem => ({
    label: t(label),
    icon: 'muted',
    run: () => set({ mutedUntil: until() }),
  });
  return [
    item('info.muteHour', () => Date.now() + HOUR),
    item('info.muteHours', () => Date.now() + 8 * HOUR),
    item('info.muteForever', () => FOREVER),
  ];
}

export interface ItemsOptions {
  readonly kit: Kit;
  readonly handle: ConversationHandle;
  readonly info: ConversationView;
  /** Called when the conversation should no longer be looked at. */
  left(): void;
}

/** What is done with a conversation, by menu or by swiping. */
export function deedsOf({ kit, handle, info, left }: ItemsOptions) {
  const { t, attempt, toast } = kit;
  const set = (change: SelfChange) => void attempt(handle.updateSelf(change));
  /** Done, said, and to be undone: what goes out of sight by a slip of the finger comes back. */
  const away = async (change: SelfChange, undo: SelfChange, text: string) => {
    left();
    if (!(await attempt(handle.updateSelf(change)))) return;
    toast({ text, action: { label: t('list.undo'), run: () => set(undo) } });
  };
  const fresh = info.unread > 0 || info.self?.markedUnread === true;
  return {
    set,
    fresh,
    toggleRead: () => {
      if (fresh) return handle.markRead();
      // The open conversation would be read again at once.
      left();
      set({ markedUnread: true });
    },
    toggleArchived: () => {
      if (info.self?.archived) void away({ archived: false }, { archived: true }, t('list.unarchived'));
      else void away({ archived: true }, { archived: false }, t('list.archivedDone'));
    },
    hide: () => void away({ hidden: true }, { hidden: false }, t('list.hidden')),
  };
}

/** What I may set for me in a conversation, as items of a menu. */
export function conversationItems(options: ItemsOptions): (MenuItem | false)[] {
  const { kit, info } = options;
  const { t } = kit;
  const { self } = info;
  if (self === null) return [];
  const { set, fresh, toggleRead, toggleArchived, hide } = deedsOf(options);
  const muted = isMuted(info);
  const pinned = self.pinnedAt !== null;
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
    {
      label: t(fresh ? 'list.markRead' : 'info.markUnread'),
      icon: fresh ? 'check' : 'unread',
      run: toggleRead,
    },
    {
      label: t(self.archived ? 'info.unarchive' : 'info.archive'),
      icon: 'archive',
      run: toggleArchived,
    },
    { label: t('list.hide'), icon: 'hide', run: hide },
  ];
}
