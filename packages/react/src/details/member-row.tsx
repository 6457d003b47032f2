import type { Member, Presence } from '@inlay-im/protocol';
import { type MenuItem, useInlay } from '../context.ts';
import { nameOf, useUser } from '../hooks/people.ts';
import { useNow } from '../hooks/select.ts';
import { Highlight } from '../picker/highlight.tsx';
import type { Range } from '../picker/match.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { RoundButton } from '../primitives/button.tsx';
import { ago } from '../text/format.ts';

const MINUTE = 60_000;

export interface MemberRowProps {
  readonly member: Member;
  /** What of the name is looked for. */
  readonly ranges: readonly Range[];
  readonly presence: Presence | undefined;
  readonly own: boolean;
  /** What I may do with them, called `name`. */
  items(name: string): readonly MenuItem[];
}

/** One member: who they are, whether they are here, and their part. */
export function MemberRow({ member, ranges, presence, own, items }: MemberRowProps) {
  const { t, locale, openMenu } = useInlay();
  const { user, role, nickname } = member;
  const profile = useUser(user);
  const now = useNow(MINUTE);
  const name = nameOf(profile, user);
  const menu = items(name);
  const seen = presence?.lastSeenAt;
  const here =
    presence?.state === 'offline' && seen != null
      ? t('info.lastSeen', { ago: ago(locale, seen, now) })
      : t(`presence.${presence?.state ?? 'offline'}`);
  const label = t('info.memberMenu', { name });
  return (
    <li
      className="inlay-member"
      data-user={user}
      onContextMenu={(event) => {
        if (menu.length === 0) return;
        event.preventDefault();
        const { clientX: x, clientY: y } = event;
        openMenu({ label, at: { x, y }, items: menu });
      }}
    >
      <Avatar id={user} name={name} picture={profile?.avatar} presence={own ? undefined : presence?.state} />
      <span className="who">
        <strong>
          <Highlight text={name} ranges={ranges} />
          {own && <small> {t('info.you')}</small>}
        </strong>
        <small dir="auto">
          {[nickname, own ? undefined : here].filter(Boolean).join(' · ') || `@${user}`}
        </small>
      </span>
      {role !== 'member' && <span className={`role ${role}`}>{t(`info.${role}`)}</span>}
      {menu.length > 0 ? (
        <RoundButton
          icon="more"
          label={label}
          aria-haspopup="menu"
          onClick={(event) => openMenu({ label, at: event.currentTarget, items: menu })}
        />
      ) : (
        <span className="no-menu" />
      )}
    </li>
  );
}
