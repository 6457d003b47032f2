import type { TimelineMessage } from '@inlay-im/client';
import { memo } from 'react';
import { useInlay } from '../context.ts';
import type { Workbench } from '../conversation/workbench.ts';
import { nameOf, useMyId, useUser } from '../hooks/people.ts';
import { useSelect } from '../hooks/select.ts';
import { useMessage } from '../hooks/timeline.ts';
import { directionOf } from '../i18n/index.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Icon } from '../primitives/icon.tsx';
import { reasonOf } from '../text/errors.ts';
import { COLOURS, clock, colourOf, day as dayText, full } from '../text/format.ts';
import { lookOf } from '../text/media.ts';
import { emojisAlone } from '../text/segments.ts';
import { useText } from '../text/texts.ts';
import { MessageBody } from './message-text.tsx';
import { Quote } from './quote.tsx';
import { Reactions } from './reactions.tsx';
import { Ticks } from './ticks.tsx';

export interface RowProps {
  readonly bench: Workbench;
  /** The message's key. */
  readonly id: string;
  /** Whether it begins a group of messages of one person. */
  readonly first: boolean;
  /** The day that begins with it, as its midnight. */
  readonly day: number | undefined;
  /** Whether what is new begins with it. */
  readonly unread: boolean;
  /** Whether only two people are in it, so that names and pictures say nothing. */
  readonly direct: boolean;
  onReactors(n: number): void;
}

function Dividers({ day, unread }: Pick<RowProps, 'day' | 'unread'>) {
  const { t, locale } = useInlay();
  return (
    <>
      {day !== undefined && (
        <p className="inlay-day">
          <span>{dayText(locale, day, Date.now())}</span>
        </p>
      )}
      {unread && (
        <p className="inlay-unread" data-divider>
          <span>{t('timeline.unread')}</span>
        </p>
      )}
    </>
  );
}

function Failed({ bench, message }: { bench: Workbench; message: TimelineMessage }) {
  const { t } = useInlay();
  const missing = message.uploads?.some(({ state }) => state === 'missing') === true;
  return (
    <p className="inlay-failed" role="alert">
      <span>
        {missing ? t('media.missing') : t('timeline.failed', { reason: reasonOf(t, message.error) })}
      </span>
      {!missing && (
        <button type="button" onClick={() => bench.handle.retry(message.key)}>
          {t('timeline.retry')}
        </button>
      )}
      <button type="button" onClick={() => bench.handle.discard(message.key)}>
        {t('timeline.discard')}
      </button>
    </p>
  );
}

function Meta({ bench, message, own }: { bench: Workbench; message: TimelineMessage; own: boolean }) {
  const { t, locale } = useInlay();
  const { at, editedAt, body } = message;
  return (
    <span className="inlay-meta">
      {editedAt !== null && body !== null && <span>{t('timeline.edited')}</span>}
      <time dir={directionOf(locale)} dateTime={new Date(at).toISOString()} title={full(locale, at)}>
        {clock(locale, at)}
      </time>
      {own && body !== null && <Ticks handle={bench.handle} message={message} />}
    </span>
  );
}

interface BubbleProps extends RowProps {
  readonly message: TimelineMessage;
  readonly text: string;
  readonly own: boolean;
  readonly name: string;
}

function Bubble({ bench, message, text, own, name, first, direct }: BubbleProps) {
  const { body, replyTo } = message;
  const bare =
    body?.kind === 'sticker' || (replyTo === null && body?.kind === 'text' && emojisAlone(text) > 0);
  const media = body?.kind === 'media' ? lookOf(body) : '';
  const Words = media === '' ? 'span' : 'div';
  return (
    <div className={`inlay-bubble${bare ? ' bare' : ''}${media}${message.pending ? ' pending' : ''}`}>
      {!own && first && !direct && (
        <strong className={`inlay-name c${colourOf(message.sender ?? '', COLOURS)}`}>{name}</strong>
      )}
      {replyTo !== null && <Quote handle={bench.handle} n={replyTo} onJump={bench.jumpTo} />}
      <div className={body === null ? 'inlay-text recalled' : 'inlay-text'} dir="auto">
        <Words className="inlay-words">
          <MessageBody message={message} text={text} own={own} />
        </Words>
        <Meta bench={bench} message={message} own={own} />
      </div>
    </div>
  );
}

function Message(props: RowProps & { message: TimelineMessage; text: string }) {
  const { bench, message, first, direct, onReactors } = props;
  const { t } = useInlay();
  const me = useMyId();
  const sender = useUser(message.sender);
  const own = message.sender === me;
  const name = own ? t('timeline.you') : nameOf(sender, message.sender ?? t('timeline.someone'));
  const chosen = useSelect(bench.selected, (keys) =>
    keys === undefined ? 'off' : keys.has(message.key) ? 'yes' : 'no',
  );
  const side = `${own ? ' own' : ''}${first ? ' first' : ''}${direct ? ' direct' : ''}`;
  const { n } = message;
  return (
    <article
      className={`inlay-message${side}${chosen === 'off' ? '' : ` selecting ${chosen}`}`}
      data-message
      data-state={message.state}
      tabIndex={-1}
      aria-label={name}
    >
      {chosen !== 'off' && (
        <input
          type="checkbox"
          className="inlay-check"
          aria-label={t('action.select')}
          checked={chosen === 'yes'}
          onChange={() => bench.toggle(message.key)}
        />
      )}
      {!own && !direct && (
        <span className="inlay-side">
          {first && <Avatar id={message.sender ?? ''} name={name} picture={sender?.avatar} size="s" />}
        </span>
      )}
      <div className="inlay-column">
        <Bubble {...props} own={own} name={name} />
        <Reactions handle={bench.handle} message={message} onWho={() => n !== null && onReactors(n)} />
        {message.state === 'failed' && <Failed bench={bench} message={message} />}
      </div>
    </article>
  );
}

function PlainRow(props: RowProps) {
  const { bench, id, day, unread } = props;
  const message = useMessage(bench.handle.timeline, id);
  const text = useText(message, useMyId());
  if (message === undefined) return null;
  return (
    <li data-key={id} data-n={message.n ?? undefined}>
      <Dividers day={day} unread={unread} />
      {message.body?.kind === 'system' ? (
        <p className="inlay-system" data-message>
          <Icon name="info" />
          <span>{text}</span>
        </p>
      ) : (
        <Message {...props} message={message} text={text} />
      )}
    </li>
  );
}

/** One message with what stands above it. It renders by itself when its message changes, and for nothing else. */
export const Row = memo(PlainRow);
