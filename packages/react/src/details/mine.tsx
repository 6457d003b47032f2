import type { ConversationHandle, ConversationView, SelfChange } from '@inlay-im/client';
import { useInlay } from '../context.ts';
import { useNow } from '../hooks/select.ts';
import { FOREVER, muteItems } from '../list/items.ts';
import { isMuted } from '../list/muted.ts';
import { Icon } from '../primitives/icon.tsx';
import { clock, when } from '../text/format.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface PartProps {
  readonly handle: ConversationHandle;
  readonly info: ConversationView;
}

/** What I set for me alone: mute, pin, archive. */
export function Mine({ handle, info }: PartProps) {
  const { t, locale, attempt, openMenu } = useInlay();
  const now = useNow(MINUTE);
  const { self } = info;
  if (self === null) return null;
  const set = (change: SelfChange) => void attempt(handle.updateSelf(change));
  const muted = isMuted(info, now);
  const until = self.mutedUntil ?? 0;
  const untilText = until - now < DAY ? clock(locale, until) : when(locale, until, now);
  const pinned = self.pinnedAt !== null;
  return (
    <>
      <div className="tiles">
        <button
          type="button"
          aria-pressed={muted}
          aria-haspopup={muted ? undefined : 'menu'}
          onClick={(event) => {
            if (muted) return set({ mutedUntil: null });
            openMenu({ label: t('info.mute'), at: event.currentTarget, items: muteItems(t, set) });
          }}
        >
          <Icon name={muted ? 'bell' : 'muted'} />
          {t(muted ? 'info.unmute' : 'info.mute')}
        </button>
        <button type="button" aria-pressed={pinned} onClick={() => set({ pinned: !pinned })}>
          <Icon name={pinned ? 'unpin' : 'pin'} />
          {t(pinned ? 'info.unpin' : 'info.pin')}
        </button>
        <button type="button" aria-pressed={self.archived} onClick={() => set({ archived: !self.archived })}>
          <Icon name="archive" />
          {t(self.archived ? 'info.unarchive' : 'info.archive')}
        </button>
      </div>
      {muted && until < FOREVER && <p className="note">{t('info.mutedUntil', { time: untilText })}</p>}
    </>
  );
}
