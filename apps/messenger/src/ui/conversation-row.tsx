/** @jsxImportSource preact */
import type { ConversationView } from '@inlay-im/client';
import type { PresenceState } from '@inlay-im/protocol';
import { show } from '../address.ts';
import { full, when } from '../format.ts';
import { nameOf, useAround, useStore, useUser } from '../hooks.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { useText, useTitle } from './texts.ts';

export interface ConversationRowProps {
  conversation: ConversationView;
  me: string;
  current: boolean;
  presence: PresenceState | undefined;
  now: number;
}

/** Who types, else what I began to write, else the last message. */
function Preview({ conversation, me, current }: ConversationRowProps) {
  const { client, t } = useAround();
  const typing = useStore(client.conversation(conversation.id).typing);
  const { preview, kind, self } = conversation;
  const text = useText(preview ?? undefined, me);
  const other =
    kind !== 'direct' && preview?.sender && preview.sender !== me && preview.body?.kind !== 'system';
  const sender = useUser(other ? preview.sender : undefined);
  if (typing.length > 0) return <span class="preview typing">{t('typing.short')}</span>;
  if (self?.draft && !current)
    return (
      <span class="preview">
        <em>{t('list.draft')}</em> {self.draft}
      </span>
    );
  if (preview === null) return <span class="preview">{t('list.nothing')}</span>;
  const mine = preview.sender === me && preview.body !== null && preview.body.kind !== 'system';
  const name = mine ? t('timeline.you') : other ? nameOf(sender, preview.sender ?? '') : undefined;
  return <span class="preview">{name === undefined ? text : t('timeline.heard', { name, text })}</span>;
}

/** One conversation in the list. */
export function ConversationRow(props: ConversationRowProps) {
  const { t, locale } = useAround();
  const { conversation, me, current, presence, now } = props;
  const { id, self, unread, activeAt } = conversation;
  const title = useTitle(id, conversation, me);
  const muted = self?.mutedUntil != null && self.mutedUntil > now;
  return (
    <li>
      <a
        href={`#/c/${encodeURIComponent(id)}`}
        class="row"
        aria-current={current ? 'page' : undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          show(id);
        }}
      >
        <Avatar id={conversation.peer?.id ?? id} name={title} presence={presence} />
        <span class="line">
          <strong>{title}</strong>
          {self?.pinnedAt != null && (
            <span class="mark" role="img" aria-label={t('list.pinned')}>
              <Icon name="pin" />
            </span>
          )}
          {muted && (
            <span class="mark" role="img" aria-label={t('list.muted')}>
              <Icon name="muted" />
            </span>
          )}
          <time dateTime={new Date(activeAt).toISOString()} title={full(locale, activeAt)}>
            {when(locale, activeAt, now)}
          </time>
        </span>
        <span class="line">
          <Preview {...props} />
          {(unread > 0 || self?.markedUnread) && (
            <span
              class={muted ? 'badge muted' : 'badge'}
              role="img"
              aria-label={unread > 0 ? t('list.unread', { count: unread }) : t('list.markedUnread')}
            >
              {unread > 99 ? '99+' : unread > 0 ? unread : ''}
            </span>
          )}
        </span>
      </a>
    </li>
  );
}
