/** @jsxImportSource preact */
import type { ConversationHandle, ConversationView } from '@inlay-im/client';
import type { Presence } from '@inlay-im/protocol';
import { useState } from 'preact/hooks';
import { show } from '../address.ts';
import { ago } from '../format.ts';
import { useAround, useNames, usePresence, useStore, useTick } from '../hooks.ts';
import type { Translate } from '../i18n/index.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { MembersDialog } from './members-dialog.tsx';
import { Menu } from './menu.tsx';
import { peerOf } from './texts.ts';

const MINUTE = 60_000;
/** Muted until it is unmuted: the first day of the year 2100. */
const FOREVER = Date.UTC(2100, 0, 1);

function typingText(t: Translate, names: readonly string[]): string {
  const [first = '', second = ''] = names;
  if (names.length > 2) return t('typing.many', { count: names.length });
  return names.length === 2 ? t('typing.two', { first, second }) : t('typing.one', { first });
}

interface StandingProps {
  handle: ConversationHandle;
  info: ConversationView | undefined;
  peer: string | undefined;
  presence: Presence | undefined;
}

/** Who types, else whether the other one is here, else how many are in it. */
function Standing({ handle, info, peer, presence }: StandingProps) {
  const { t, locale } = useAround();
  const now = useTick(MINUTE);
  const names = useNames(useStore(handle.typing));
  if (names.length > 0)
    return (
      <p class="standing typing" role="status">
        {typingText(t, names)}
      </p>
    );
  const seen = presence?.lastSeenAt;
  const here =
    presence === undefined
      ? ''
      : presence.state === 'offline' && seen != null
        ? t('info.lastSeen', { ago: ago(locale, seen, now) })
        : t(`info.${presence.state}`);
  const text =
    peer !== undefined ? here : info === undefined ? '' : t('info.members', { count: info.memberCount });
  return (
    <p class="standing" role="status">
      {text}
    </p>
  );
}

export interface ConversationHeadProps {
  handle: ConversationHandle;
  info: ConversationView | undefined;
  title: string;
  me: string;
  attempt(task: Promise<unknown>): void;
}

/** The title, who is here, and what I may set for me. */
export function ConversationHead({ handle, info, title, me, attempt }: ConversationHeadProps) {
  const { t } = useAround();
  const [members, setMembers] = useState(false);
  const other = peerOf(handle.id, me);
  const peer = other === me ? undefined : other;
  const presence = usePresence(peer === undefined ? [] : [peer]).get(peer ?? '');
  const self = info?.self;
  const muted = self?.mutedUntil != null && self.mutedUntil > Date.now();
  const pinned = self?.pinnedAt != null;
  const change = (what: Parameters<typeof handle.updateSelf>[0]) => () => attempt(handle.updateSelf(what));
  const leave = async () => {
    await handle.leave();
    show(undefined);
  };
  return (
    <header class="head">
      <button type="button" class="round back" aria-label={t('app.back')} onClick={() => show(undefined)}>
        <Icon name="back" />
      </button>
      <Avatar id={peer ?? handle.id} name={title} presence={presence?.state} />
      <div>
        <h2>{title}</h2>
        <Standing handle={handle} info={info} peer={other} presence={presence} />
      </div>
      {info !== undefined && self != null && (
        <Menu
          label={t('info.more')}
          items={[
            info.kind !== 'direct' && { label: t('info.showMembers'), run: () => setMembers(true) },
            { label: t(pinned ? 'info.unpin' : 'info.pin'), run: change({ pinned: !pinned }) },
            {
              label: t(muted ? 'info.unmute' : 'info.mute'),
              run: change({ mutedUntil: muted ? null : FOREVER }),
            },
            {
              label: t('info.markUnread'),
              run() {
                show(undefined);
                attempt(handle.updateSelf({ markedUnread: true }));
              },
            },
            {
              label: t(self.archived ? 'info.unarchive' : 'info.archive'),
              run: change({ archived: !self.archived }),
            },
            info.kind !== 'direct' && { label: t('info.leave'), danger: true, run: () => attempt(leave()) },
          ]}
        />
      )}
      {members && info !== undefined && (
        <MembersDialog handle={handle} info={info} onClose={() => setMembers(false)} />
      )}
    </header>
  );
}
