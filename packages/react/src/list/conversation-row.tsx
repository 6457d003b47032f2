import type { ConversationView } from '@inlay-im/client';
import { memo } from 'react';
import { useInlay } from '../context.ts';
import { useTitle, useTyping } from '../hooks/conversations.ts';
import { nameOf, useMyId, useUser } from '../hooks/people.ts';
import { useNow } from '../hooks/select.ts';
import { Sign } from '../media/sign.tsx';
import { useNavigation } from '../navigation.ts';
import type { ConversationRowProps } from '../parts.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Icon } from '../primitives/icon.tsx';
import { full, when } from '../text/format.ts';
import { useText } from '../text/texts.ts';
import { isMuted } from './muted.ts';

const MINUTE = 60_000;

/** Who types, else what I began to write, else the last message. */
function Preview({ conversation, current }: ConversationRowProps) {
  const { t } = useInlay();
  const me = useMyId();
  const typing = useTyping(conversation.id);
  const { preview, kind, self } = conversation;
  const text = useText(preview ?? undefined, me);
  const other =
    kind !== 'direct' && preview?.sender && preview.sender !== me && preview.body?.kind !== 'system';
  const sender = useUser(other ? preview.sender : undefined);
  if (typing.length > 0) return <span className="preview typing">{t('typing.short')}</span>;
  if (self?.draft && !current)
    return (
      <span className="preview">
        <em>{t('list.draft')}</em>
        {self.draft}
      </span>
    );
  if (preview === null) return <span className="preview">{t('list.nothing')}</span>;
  const mine = preview.sender === me && preview.body !== null && preview.body.kind !== 'system';
  const name = mine ? t('timeline.you') : other ? nameOf(sender, preview.sender ?? '') : undefined;
  return (
    <span className="preview">
      {name !== undefined && <b>{t('list.says', { name })}</b>}
      <Sign body={preview.body} />
      <bdi>{text}</bdi>
    </span>
  );
}

function Mark({ icon, label }: { icon: string; label: string }) {
  return (
    <span className="mark" role="img" aria-label={label}>
      <Icon name={icon} />
    </span>
  );
}

/** How many are unread, and whether one of them mentions me. */
function Badges({ conversation }: { conversation: ConversationView }) {
  const { t } = useInlay();
  const { unread, self, mentionN } = conversation;
  if (unread === 0 && !self?.markedUnread) return null;
  const quiet = isMuted(conversation) || self?.archived === true;
  return (
    <>
      {mentionN !== null && (
        <span className="inlay-badge" role="img" aria-label={t('list.mentioned')}>
          @
        </span>
      )}
      <span
        className={`inlay-badge${quiet ? ' quiet' : ''}`}
        role="img"
        aria-label={unread > 0 ? t('list.unread', { count: unread }) : t('list.markedUnread')}
      >
        {unread > 999 ? '999+' : unread > 0 ? unread : ''}
      </span>
    </>
  );
}

function PlainRow(props: ConversationRowProps) {
  const { conversation, current, presence } = props;
  const { t, locale } = useInlay();
  const { open } = useNavigation();
  const now = useNow(MINUTE);
  const { id, self, activeAt, peer, avatar, unread } = conversation;
  const title = useTitle(id, conversation);
  return (
    <button
      type="button"
      className={`inlay-conversation-row${unread > 0 || self?.markedUnread ? ' fresh' : ''}`}
      aria-current={current ? 'page' : undefined}
      onClick={() => open(id)}
    >
      <Avatar
        id={peer?.id ?? id}
        name={title}
        picture={peer ? peer.avatar : avatar}
        presence={presence}
        size="l"
        square={peer === null}
      />
      <span className="line">
        <strong dir="auto">{title}</strong>
        {isMuted(conversation, now) && <Mark icon="muted" label={t('list.muted')} />}
        <time dateTime={new Date(activeAt).toISOString()} title={full(locale, activeAt)}>
          {when(locale, activeAt, now)}
        </time>
      </span>
      <span className="line">
        <Preview {...props} />
        {self?.pinnedAt != null && <Mark icon="pin" label={t('list.pinned')} />}
        <Badges conversation={conversation} />
      </span>
    </button>
  );
}

const KeptRow = memo(PlainRow);

/** One conversation in the list. The app may put its own in its place. */
export function ConversationRow(props: ConversationRowProps) {
  const { ConversationRow: Own = KeptRow } = useInlay().parts;
  return <Own {...props} />;
}
