import type { TimelineMessage } from '@inlay-im/client';
import type { SharedKind } from '@inlay-im/protocol';
import { type ReactNode, type RefObject, useEffect } from 'react';
import { useInlay } from '../../context.ts';
import { nameOf, useMyId, useUser } from '../../hooks/people.ts';
import { useStore } from '../../hooks/store.ts';
import { RoundButton } from '../../primitives/button.tsx';
import { Empty } from '../../primitives/empty.tsx';
import { when } from '../../text/format.ts';
import { useLinks } from '../../text/links.ts';
import { textOf } from '../../text/written.ts';
import { FileRow } from '../file-row.tsx';
import { useJump } from '../jump.ts';
import { Voice } from '../voice.tsx';
import { Grid } from './grid.tsx';
import { linksOf, type SentLink } from './links.ts';

/** So near to the end of what is loaded, the next page is asked for, in pixels. */
const NEAR = 800;

const EMPTY = {
  media: { icon: 'photo', title: 'shared.noMedia' },
  voice: { icon: 'mic', title: 'shared.noVoice' },
  file: { icon: 'file', title: 'shared.noFile' },
  link: { icon: 'link', title: 'shared.noLink' },
} as const;

/** Something that was shared, who shared it and when, and the way to it. */
function Row({ message, children }: { message: TimelineMessage; children: ReactNode }) {
  const { t, locale } = useInlay();
  const jump = useJump();
  const me = useMyId();
  const sender = useUser(message.sender);
  const { n, conversation, at } = message;
  return (
    <li className="shared-row">
      <div className="thing">
        {children}
        <p className="from">
          <bdi>{message.sender === me ? t('timeline.you') : nameOf(sender, message.sender ?? '')}</bdi>
          {' · '}
          <time dateTime={new Date(at).toISOString()}>{when(locale, at, Date.now())}</time>
        </p>
      </div>
      {n !== null && (
        <RoundButton
          icon="chat"
          label={t('gallery.jump')}
          onClick={(event) => jump(conversation, n, event.currentTarget)}
        />
      )}
    </li>
  );
}

function Link({ link }: { link: SentLink }) {
  return (
    <div className="inlay-link">
      <span className="sheet" data-initial={link.host.slice(0, 1)} aria-hidden="true" />
      <span>
        <strong>{link.host}</strong>
        <a href={link.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
          {link.href}
        </a>
      </span>
    </div>
  );
}

function Links({ messages }: { messages: readonly TimelineMessage[] }) {
  const finder = useLinks(messages.map(textOf).join(' '));
  return (
    <ul>
      {linksOf(messages, finder).map((link) => (
        <Row key={link.key} message={link.message}>
          <Link link={link} />
        </Row>
      ))}
    </ul>
  );
}

/** The rows of voice messages or files: one for each file that a message carries. */
const rowsOf = (messages: readonly TimelineMessage[], kind: 'voice' | 'file') =>
  messages.flatMap((message) =>
    message.body?.kind === 'media'
      ? message.body.items.filter((item) => item.kind === kind).map((item) => ({ message, item }))
      : [],
  );

function Things({ kind, items }: { kind: SharedKind; items: readonly TimelineMessage[] }) {
  if (kind === 'media') return <Grid messages={items} />;
  if (kind === 'link') return <Links messages={items} />;
  return (
    <ul>
      {rowsOf(items, kind).map(({ message, item }) => (
        <Row key={item.file} message={message}>
          {kind === 'voice' ? (
            <Voice message={message} item={item} />
          ) : (
            <FileRow message={message} item={item} />
          )}
        </Row>
      ))}
    </ul>
  );
}

export interface SharedPageProps {
  readonly conversation: string;
  readonly kind: SharedKind;
  /** What scrolls. */
  readonly box: RefObject<HTMLElement | null>;
}

/** What was shared of one kind, newest first; older pages come as it is scrolled. */
export function SharedPage({ conversation, kind, box }: SharedPageProps) {
  const { t, client } = useInlay();
  const store = client.conversation(conversation).shared(kind);
  const { items, complete, loading } = useStore(store);
  useEffect(() => {
    const { current } = box;
    if (current === null || complete || loading) return;
    const look = () => {
      if (current.scrollHeight - current.scrollTop - current.clientHeight < NEAR)
        store.more().catch(() => {});
    };
    look();
    current.addEventListener('scroll', look, { passive: true });
    return () => current.removeEventListener('scroll', look);
  }, [box, store, complete, loading]);
  if (items.length === 0 && complete)
    return (
      <Empty icon={EMPTY[kind].icon} title={t(EMPTY[kind].title)}>
        <p>{t('shared.noneHint')}</p>
      </Empty>
    );
  return (
    <>
      <Things kind={kind} items={items} />
      {!complete && (
        <p className="note" role="status">
          {t('app.loading')}
        </p>
      )}
    </>
  );
}
