import type { ConversationView } from '@inlay-im/client';
import type { Presence } from '@inlay-im/protocol';
import { useInlay } from '../context.ts';
import { useTyping } from '../hooks/conversations.ts';
import { useNames } from '../hooks/people.ts';
import { useNow } from '../hooks/select.ts';
import type { Translate } from '../i18n/index.ts';
import { ago } from '../text/format.ts';

const MINUTE = 60_000;

/** Who types, in words. */
function typingText(t: Translate, names: readonly string[]): string {
  const [first = '', second = ''] = names;
  if (names.length > 2) return t('typing.many', { count: names.length });
  return names.length === 2 ? t('typing.two', { first, second }) : t('typing.one', { first });
}

export interface StandingProps {
  readonly id: string;
  readonly info: ConversationView | undefined;
  readonly peer: string | undefined;
  readonly presence: Presence | undefined;
}

/** Who types, else whether the other one is here, else how many are in it. */
export function Standing({ id, info, peer, presence }: StandingProps) {
  const { t, locale } = useInlay();
  const now = useNow(MINUTE);
  const names = useNames(useTyping(id));
  if (names.length > 0)
    return (
      <p className="inlay-standing typing" role="status">
        <span className="dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
        {typingText(t, names)}
      </p>
    );
  const seen = presence?.lastSeenAt;
  const here =
    presence === undefined
      ? ''
      : presence.state === 'offline' && seen != null
        ? t('info.lastSeen', { ago: ago(locale, seen, now) })
        : t(`presence.${presence.state}`);
  const count = info === undefined ? '' : t('info.members', { count: info.memberCount });
  return (
    <p className="inlay-standing" role="status">
      {peer !== undefined ? here : count}
    </p>
  );
}
