/** @jsxImportSource preact */
import type { ConversationHandle, ConversationView, TimelineMessage } from '@inlay-im/client';
import { unreadCount } from '@inlay-im/protocol/rules';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { day, dayOf } from '../format.ts';
import { useAround, useStore } from '../hooks.ts';
import type { Target } from './conversation-pane.tsx';
import { Heard } from './heard.tsx';
import { Icon } from './icons.tsx';
import { MessageRow } from './message-row.tsx';
import { lastSeen, useScroll } from './scroll.ts';

/** Messages of one person further apart than this begin a new group. */
const GROUP = 5 * 60_000;

const isSystem = (message: TimelineMessage): boolean => message.body?.kind === 'system';

const follows = (message: TimelineMessage, before: TimelineMessage | undefined): boolean =>
  before !== undefined &&
  !isSystem(message) &&
  !isSystem(before) &&
  message.sender === before.sender &&
  message.at - before.at < GROUP &&
  dayOf(message.at) === dayOf(before.at);

export interface TimelineProps {
  handle: ConversationHandle;
  info: ConversationView | undefined;
  title: string;
  me: string;
  onTarget(target: Target): void;
  attempt(task: Promise<unknown>): void;
}

/** The number of the first message that I had not read when the conversation was opened; 0 where I had read all. */
function useFirstUnread(info: ConversationView | undefined): number {
  const first = useRef<number | undefined>(undefined);
  if (first.current === undefined && info !== undefined) {
    const { self, lastN } = info;
    const count = self === null ? 0 : unreadCount(lastN, self);
    first.current = count === 0 ? 0 : lastN - count + 1;
  }
  return first.current ?? 0;
}

/** The messages, from the first one that is not read. */
export function Timeline(props: TimelineProps) {
  const { handle, info, title, me } = props;
  const { t, locale } = useAround();
  const { timeline } = handle;
  const view = useStore(timeline);
  const messages = timeline.messages();
  const firstUnread = useFirstUnread(info);
  const placed = useRef(false);
  const [wanted, want] = useState<number | undefined>(undefined);
  /** What is on the screen counts only once it is what I was to be shown. */
  const settled = () => placed.current && !seeking.current;
  const seeking = useRef(false);
  const load = (more: boolean, task: () => Promise<void>) => {
    if (more && settled() && !timeline.get().loading) task().catch(() => {});
  };

  const markSeen = () => {
    if (!settled() || document.visibilityState !== 'visible' || !document.hasFocus()) return;
    if (scroll.atEnd.current && !timeline.get().hasAfter) return handle.markRead();
    const n = Number((scroll.box.current && lastSeen(scroll.box.current))?.dataset.n);
    if (n > 0) handle.markRead(n);
  };
  const scroll = useScroll({
    onSeen: markSeen,
    nearStart: () => load(timeline.get().hasBefore, () => timeline.loadBefore()),
    nearEnd: () => load(timeline.get().hasAfter, () => timeline.loadAfter()),
  });

  /** Goes to a message, which is loaded first where it is not there. */
  const jumpTo = (n: number) => {
    seeking.current = true;
    scroll.atEnd.current = false;
    want(n);
    if (timeline.messages().some((message) => message.n === n)) return;
    timeline.jumpTo(n).catch(() => {
      seeking.current = false;
      want(undefined);
    });
  };
  useLayoutEffect(() => {
    if (wanted === undefined) return;
    const row = scroll.list.current?.querySelector<HTMLElement>(`[data-n="${wanted}"]`);
    if (!row) return;
    seeking.current = false;
    want(undefined);
    scroll.toRow(row);
    row.classList.remove('found');
    // Reading the width makes the browser forget the animation, so that it can run once more.
    void row.offsetWidth;
    row.classList.add('found');
  }, [wanted, view.keys]);

  // Opens at the first message that is not read, which may lie before what is loaded.
  useLayoutEffect(() => {
    if (placed.current || !view.ready) return;
    placed.current = true;
    const oldest = messages.find((message) => message.n !== null)?.n ?? 0;
    const divider = scroll.list.current?.querySelector('.unread-divider');
    if (firstUnread > 0 && firstUnread < oldest && view.hasBefore) jumpTo(firstUnread);
    else if (divider) scroll.toRow(divider);
    else scroll.note();
  }, [view.ready]);

  useEffect(() => {
    addEventListener('focus', markSeen);
    document.addEventListener('visibilitychange', markSeen);
    return () => {
      removeEventListener('focus', markSeen);
      document.removeEventListener('visibilitychange', markSeen);
    };
  }, [handle]);

  // What I send is shown, wherever I have scrolled to.
  const last = messages.at(-1);
  const ownWaiting = last?.state === 'sending' ? last.key : undefined;
  useEffect(() => {
    if (ownWaiting !== undefined) scroll.toEnd();
  }, [ownWaiting]);

  const newest = () => {
    if (!view.hasAfter) return scroll.toEnd();
    timeline.jumpTo().then(scroll.toEnd, () => {});
  };

  const now = Date.now();
  return (
    <div class="timeline">
      <section
        class="scroll"
        ref={scroll.box}
        onScroll={scroll.note}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
        tabIndex={0}
        aria-label={t('timeline.label', { name: title })}
      >
        {!view.ready && <p class="loading">{t('app.loading')}</p>}
        {view.ready && messages.length === 0 && <p class="loading">{t('timeline.start')}</p>}
        <ol ref={scroll.list} aria-busy={view.loading}>
          {messages.flatMap((message, i) => {
            const before = messages[i - 1];
            const newDay = before === undefined || dayOf(before.at) !== dayOf(message.at);
            const unread =
              firstUnread > 0 &&
              message.n !== null &&
              message.n >= firstUnread &&
              !(before?.n != null && before.n >= firstUnread);
            return [
              newDay && (
                <li key={`day ${dayOf(message.at)}`} class="day">
                  <span>{day(locale, message.at, now)}</span>
                </li>
              ),
              unread && (
                <li key="unread" class="unread-divider">
                  <span>{t('timeline.unread')}</span>
                </li>
              ),
              <MessageRow
                key={message.key}
                {...props}
                id={message.key}
                first={!follows(message, before) || unread}
                onJump={jumpTo}
              />,
            ];
          })}
        </ol>
      </section>
      {(scroll.away || view.hasAfter) && view.ready && (
        <button type="button" class="round newest" aria-label={t('timeline.newest')} onClick={newest}>
          <Icon name="down" />
          {info !== undefined && info.unread > 0 && <span class="badge">{info.unread}</span>}
        </button>
      )}
      <Heard message={view.hasAfter ? undefined : last} me={me} />
    </div>
  );
}
