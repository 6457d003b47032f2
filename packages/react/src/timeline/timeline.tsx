import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useInlay } from '../context.ts';
import { type Workbench, workbenchOf } from '../conversation/workbench.ts';
import { peerOf, useConversation, useTitle } from '../hooks/conversations.ts';
import { useMyId } from '../hooks/people.ts';
import { useTimeline } from '../hooks/timeline.ts';
import type { ConversationPartProps } from '../parts.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { RoundButton } from '../primitives/button.tsx';
import { Empty } from '../primitives/empty.tsx';
import { AboutDialog, HoverActions, keyOf, useActing } from './acting.tsx';
import { FloatingDay, firstRow, useFloatingDay } from './floating-day.tsx';
import { standingOf } from './grouping.ts';
import { useFirstUnread, useOpening } from './opening.ts';
import { useReading } from './reading.ts';
import { Row } from './row.tsx';
import { useScroll } from './scroll.ts';
import { Skeleton } from './skeleton.tsx';

function PlainEmpty({ id }: ConversationPartProps) {
  const { t } = useInlay();
  const { info } = useConversation(id);
  const peer = peerOf(id, useMyId());
  const name = useTitle(id, info);
  const picture = info?.peer ? info.peer.avatar : info?.avatar;
  const avatar = (
    <Avatar id={peer ?? id} name={name} picture={picture} size="xl" square={peer === undefined} />
  );
  return (
    <Empty icon={avatar} title={name}>
      <p>{t('timeline.start')}</p>
    </Empty>
  );
}

/** Moves the focus from message to message. */
function focusNext(list: HTMLElement, from: Element | null, step: 1 | -1): void {
  const all = [...list.querySelectorAll<HTMLElement>('article[data-message]')];
  const at = all.findIndex((each) => each === from || each.contains(from));
  const next = at < 0 ? all.at(-1) : all[at + step];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}

/** The messages of a conversation, from the first one that is not read. */
export function Timeline({ id }: ConversationPartProps) {
  const { t, parts } = useInlay();
  const { handle, info } = useConversation(id);
  const bench = workbenchOf(handle);
  const title = useTitle(id, info);
  const view = useTimeline(id);
  const { timeline } = view;
  const messages = timeline.messages();
  const firstUnread = useFirstUnread(bench);
  const placed = useRef<Workbench | undefined>(undefined);
  const doing = useActing(bench, timeline);
  const floating = useFloatingDay(timeline);
  const { EmptyTimeline = PlainEmpty } = parts;

  const settled = () => placed.current === bench && bench.wanted.get() === undefined;
  // The timeline itself says a moment later that it loads, and what is seen may be looked at twice before that.
  const loading = useRef(false);
  const load = (more: boolean, task: () => Promise<void>) => {
    if (!more || loading.current || !settled() || timeline.get().loading) return;
    loading.current = true;
    const done = () => {
      loading.current = false;
    };
    // What failed is tried again when the reader moves, or with the next connection.
    task().then(() => {
      done();
      scroll.look();
    }, done);
  };
  const scroll = useScroll({
    keys: view.keys,
    hasAfter: view.hasAfter,
    onSeen: () => mark(),
    nearStart: () => load(timeline.get().hasBefore, () => timeline.loadBefore()),
    nearEnd: () => load(timeline.get().hasAfter, () => timeline.loadAfter()),
  });
  const { box, list, range, toEnd, toRow } = scroll;
  const mark = useReading({ handle, box, list, settled, atEnd: scroll.atEnd });

  useOpening({ bench, view, info, firstUnread, placed, toEnd, toRow, list });

  // What I send is shown, wherever I have scrolled to.
  const last = messages.at(-1);
  const ownWaiting = last?.state === 'sending' ? last.key : undefined;
  useEffect(() => {
    if (ownWaiting !== undefined) toEnd();
  }, [ownWaiting, toEnd]);

  const newest = () => {
    if (!view.hasAfter) return toEnd();
    timeline.jumpTo().then(toEnd, () => {});
  };
  const key = (event: KeyboardEvent) => {
    const { key: name, shiftKey } = event;
    const root = event.currentTarget.getRootNode() as Document | ShadowRoot;
    const focused = root.activeElement;
    const message = focused?.closest<HTMLElement>('article[data-message]') ?? null;
    if (list.current === null || focused instanceof HTMLInputElement) return;
    if (name === 'ArrowUp' || name === 'ArrowDown')
      focusNext(list.current, message, name === 'ArrowUp' ? -1 : 1);
    else if (
      message === focused &&
      message !== null &&
      (name === 'Enter' || name === ' ' || name === 'ContextMenu' || (name === 'F10' && shiftKey))
    )
      doing.open(keyOf(message), message.querySelector('.inlay-bubble') ?? message);
    else return;
    event.preventDefault();
  };
  const mention = info?.mentionN ?? null;
  const unread = info?.unread ?? 0;
  const fresh = unread === 0 ? '' : unread > 999 ? '999+' : String(unread);
  return (
    <div className="inlay-timeline">
      <FloatingDay day={floating.day} />
      <section
        className="inlay-scroll"
        ref={box}
        onScroll={() => {
          scroll.onScroll();
          doing.setHovered(undefined);
          if (!scroll.atEnd()) floating.show(firstRow(list.current, box.current));
        }}
        onKeyDown={key}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
        tabIndex={0}
        aria-label={t('timeline.label', { name: title })}
      >
        {!view.ready && <Skeleton label={t('timeline.loading')} />}
        {view.ready && messages.length === 0 && <EmptyTimeline id={id} />}
        <div
          className="inlay-rows"
          {...doing.handlers}
          onPointerOver={(event) => doing.over(event, list.current)}
          onPointerLeave={() => doing.setHovered(undefined)}
        >
          <ol
            ref={list}
            aria-busy={view.loading}
            style={{ paddingTop: scroll.before, paddingBottom: scroll.after }}
          >
            {messages.slice(range.start, range.end).map((message, i) => (
              <Row
                key={message.key}
                bench={bench}
                id={message.key}
                direct={info?.kind === 'direct' || info === undefined}
                {...standingOf(message, {
                  before: messages[range.start + i - 1],
                  more: view.hasBefore,
                  firstUnread,
                })}
                onReactors={doing.onReactors}
              />
            ))}
          </ol>
          <HoverActions doing={doing} timeline={timeline} bench={bench} />
        </div>
      </section>
      <div className="inlay-jumps">
        {mention !== null && view.ready && scroll.away && (
          <RoundButton icon="at" label={t('timeline.mention')} onClick={() => bench.jumpTo(mention)} />
        )}
        {scroll.away && view.ready && (
          <RoundButton
            icon="down"
            label={fresh === '' ? t('timeline.newest') : `${t('timeline.newest')} (${fresh})`}
            onClick={newest}
          >
            {fresh !== '' && <span className="inlay-badge" data-count={fresh} />}
          </RoundButton>
        )}
      </div>
      <AboutDialog doing={doing} bench={bench} />
    </div>
  );
}
