/** @jsxImportSource preact */
import type { ConversationView, TimelineMessage } from '@inlay-im/client';
import { LIMITS, mayPost, mayRecall } from '@inlay-im/protocol/rules';
import { memo } from 'preact/compat';
import { reasonOf } from '../errors.ts';
import { clock, full } from '../format.ts';
import { nameOf, useAround, useRow, useUser } from '../hooks.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { Menu, type MenuItem } from './menu.tsx';
import { Quote } from './quote.tsx';
import { useText } from './texts.ts';
import type { TimelineProps } from './timeline.tsx';

const EMOJIS = ['👍', '❤️', '😂', '🎉', '😮', '🙏'];

export interface MessageRowProps extends TimelineProps {
  id: string;
  /** Whether it begins a group of messages of one person. */
  first: boolean;
  onJump(n: number): void;
}

/** How far a message of mine has come: the furthest of the others counts. */
function Ticks({ message, info }: { message: TimelineMessage; info: ConversationView | undefined }) {
  const { t } = useAround();
  const { n, state } = message;
  const { readN = 0, deliveredN = 0 } = info?.others ?? {};
  const stage =
    n === null
      ? state === 'failed'
        ? 'failed'
        : 'sending'
      : n <= readN
        ? 'read'
        : n <= deliveredN
          ? 'delivered'
          : 'sent';
  if (stage === 'failed') return null;
  const icon = stage === 'sending' ? 'clock' : stage === 'sent' ? 'check' : 'checks';
  return (
    <span class={`ticks ${stage}`} role="img" aria-label={t(`timeline.${stage}`)}>
      <Icon name={icon} />
    </span>
  );
}

function Reactions({ message, toggle }: { message: TimelineMessage; toggle(emoji: string): void }) {
  const { t } = useAround();
  if (message.reactions.length === 0) return null;
  return (
    <div class="reactions">
      {message.reactions.map(({ emoji, count }) => (
        <button
          type="button"
          key={emoji}
          aria-pressed={message.mine.includes(emoji)}
          aria-label={t('timeline.reaction', { emoji, count })}
          onClick={() => toggle(emoji)}
        >
          {emoji} {count}
        </button>
      ))}
    </div>
  );
}

function Failed({ message, handle }: { message: TimelineMessage; handle: TimelineProps['handle'] }) {
  const { t } = useAround();
  return (
    <p class="failed" role="alert">
      <Icon name="alert" /> {t('timeline.failed', { reason: reasonOf(t, message.error) })}
      <button type="button" class="link" onClick={() => handle.retry(message.key)}>
        {t('timeline.retry')}
      </button>
      <button type="button" class="link" onClick={() => handle.discard(message.key)}>
        {t('timeline.discard')}
      </button>
    </p>
  );
}

/** What I may do with a message now; the node decides again. */
function useActions(
  { handle, info, me, onTarget, attempt }: MessageRowProps,
  message: TimelineMessage | undefined,
  text: string,
) {
  const { t } = useAround();
  if (message?.n == null || info === undefined) return { items: [], toggle: undefined };
  const { n, key, body, mine } = message;
  const own = message.sender === me;
  const standing = { kind: info.kind, posting: info.posting, role: info.self?.role ?? null };
  const inTime = Date.now() - message.at < LIMITS.editWindow;
  const posts = body !== null && mayPost(standing);
  const items: (MenuItem | false)[] = [
    posts && { label: t('action.reply'), run: () => onTarget({ to: 'reply', n, key }) },
    posts &&
      own &&
      inTime &&
      body.kind === 'text' && { label: t('action.edit'), run: () => onTarget({ to: 'edit', n, key }) },
    body !== null && { label: t('action.copy'), run: () => attempt(navigator.clipboard.writeText(text)) },
    body !== null &&
      mayRecall(standing, own) &&
      (inTime || !own) && { label: t('action.recall'), danger: true, run: () => attempt(handle.recall(n)) },
    info.self !== null && { label: t('action.delete'), danger: true, run: () => attempt(handle.delete([n])) },
  ];
  const toggle = (emoji: string) =>
    attempt(mine.includes(emoji) ? handle.unreact(n, emoji) : handle.react(n, emoji));
  return { items, toggle: body === null || info.self === null ? undefined : toggle };
}

function Row(props: MessageRowProps) {
  const { handle, info, me, id, first, onJump } = props;
  const { t, locale } = useAround();
  const message = useRow(handle.timeline, id);
  const text = useText(message, me);
  const sender = useUser(message?.sender);
  const { items, toggle } = useActions(props, message, text);
  if (message === undefined) return null;
  const { n, body, at } = message;
  if (body?.kind === 'system')
    return (
      <li class="system" data-row data-n={n ?? undefined}>
        {text}
      </li>
    );
  const own = message.sender === me;
  const name = own ? t('timeline.you') : nameOf(sender, message.sender ?? t('timeline.someone'));
  const head = toggle && (
    <div class="emojis">
      {EMOJIS.map((emoji) => (
        <button
          type="button"
          key={emoji}
          aria-label={t('action.react', { emoji })}
          onClick={() => toggle(emoji)}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
  return (
    <li
      class={`message${own ? ' own' : ''}${first ? ' first' : ''}${info?.kind === 'direct' ? ' direct' : ''}`}
      data-row
      data-n={n ?? undefined}
      data-state={message.state}
    >
      {!own && first && info?.kind !== 'direct' && <Avatar id={message.sender ?? ''} name={name} />}
      <article class={`bubble ${message.state}`} aria-label={name}>
        {!own && first && info?.kind !== 'direct' && <strong class="name">{name}</strong>}
        {message.replyTo !== null && <Quote handle={handle} n={message.replyTo} me={me} onJump={onJump} />}
        <p class={body === null ? 'text recalled' : 'text'} dir="auto">
          {text}
        </p>
        <span class="foot">
          {message.editedAt !== null && body !== null && <span>{t('timeline.edited')}</span>}
          <time dateTime={new Date(at).toISOString()} title={full(locale, at)}>
            {clock(locale, at)}
          </time>
          {own && body !== null && <Ticks message={message} info={info} />}
        </span>
      </article>
      {items.length > 0 && <Menu label={t('action.label')} head={head} items={items} />}
      {toggle && <Reactions message={message} toggle={toggle} />}
      {message.state === 'failed' && <Failed message={message} handle={handle} />}
    </li>
  );
}

/** One message. */
export const MessageRow = memo(
  Row,
  (a, b) =>
    a.id === b.id && a.first === b.first && a.info === b.info && a.handle === b.handle && a.title === b.title,
);
