import type { ConversationView } from '@inlay-im/client';
import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
} from 'react';
import { type MenuRequest, useInlay } from '../context.ts';
import { usePresence } from '../hooks/people.ts';
import { useNavigation } from '../navigation.ts';
import { Icon } from '../primitives/icon.tsx';
import { onUse } from '../primitives/later.tsx';
import { useLongPress } from '../timeline/pointer.ts';
import { ConversationRow } from './conversation-row.tsx';
import { type Swiped, useSwipe } from './swipe.ts';
import { type Shown, useRows } from './window.ts';

const loadItems = () => onUse(() => import('./items.ts'));

/** What may be done with rows: by the other button, a resting or swiping finger, or by key. */
function useDoing(shown: readonly ConversationView[]) {
  const kit = useInlay();
  const { place, back } = useNavigation();
  const optionsOf = (id: string | undefined) => {
    const info = shown.find((one) => one.id === id);
    if (info === undefined) return undefined;
    const left = () => {
      if (place.conversation === info.id) back();
    };
    return { kit, handle: kit.client.conversation(info.id), info, left };
  };
  const open = (target: EventTarget | null, at?: MenuRequest['at']) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-id]') : null;
    const options = optionsOf(row?.dataset.id);
    if (row === null || options === undefined) return false;
    const show = async () => {
      const { conversationItems } = await loadItems();
      kit.openMenu({ label: kit.t('list.actions'), at: at ?? row, items: conversationItems(options) });
    };
    void kit.attempt(show());
    return true;
  };
  const { swiped, handlers: swipe } = useSwipe((id, way) => {
    const options = optionsOf(id);
    if (options === undefined) return;
    const act = async () => {
      const deeds = (await loadItems()).deedsOf(options);
      if (way === 'start') deeds.toggleArchived();
      else deeds.toggleRead();
    };
    void kit.attempt(act());
  });
  const press = useLongPress((target, at) => {
    swipe.stop();
    if (open(target, at)) navigator.vibrate?.(10);
  });
  const onContextMenu = (event: MouseEvent) => {
    const at = event.clientX === 0 ? undefined : { x: event.clientX, y: event.clientY };
    if (open(event.target, at)) event.preventDefault();
  };
  const touch = useMemo(
    () => ({
      onPointerDown: (event: PointerEvent) => {
        press.onPointerDown(event);
        swipe.onPointerDown(event);
      },
      onPointerMove: (event: PointerEvent) => {
        press.onPointerMove(event);
        swipe.onPointerMove(event);
      },
      onPointerUp: (event: PointerEvent) => {
        press.onPointerUp();
        swipe.onPointerUp(event);
      },
      onPointerCancel: () => {
        press.onPointerCancel();
        swipe.onPointerCancel();
      },
      onClickCapture: swipe.onClickCapture,
    }),
    [press, swipe],
  );
  return { swiped, handlers: { onContextMenu, ...touch } };
}

/** What a swipe uncovers: what letting go would do. */
function Under({ swiped, conversation }: { swiped: Swiped; conversation: ConversationView }) {
  const { t } = useInlay();
  const archived = conversation.self?.archived === true;
  const fresh = conversation.unread > 0 || conversation.self?.markedUnread === true;
  const shown =
    swiped.way === 'start'
      ? { icon: 'archive', label: t(archived ? 'info.unarchive' : 'info.archive') }
      : { icon: fresh ? 'check' : 'unread', label: t(fresh ? 'list.swipeRead' : 'list.swipeUnread') };
  return (
    <span className={`under ${swiped.way}${swiped.enough ? ' enough' : ''}`} aria-hidden="true">
      <Icon name={shown.icon} />
      {shown.label}
    </span>
  );
}

/** Arrow keys go from row to row, Home and End to the ends, whether or not those are drawn. */
function useKeys(shown: readonly ConversationView[], rows: Shown) {
  const wanted = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const row = [...(rows.rowsRef.current?.children ?? [])].find(
      (each) => (each as HTMLElement).dataset.id === wanted.current,
    );
    if (row === undefined) return;
    wanted.current = undefined;
    row.querySelector('button')?.focus();
  });
  const [, again] = useReducer((count: number) => count + 1, 0);
  return (event: KeyboardEvent) => {
    const row = (event.target as Element).closest<HTMLElement>('[data-id]');
    const at = shown.findIndex(({ id }) => id === row?.dataset.id);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: shown.length - 1,
    };
    const next = steps[event.key];
    if (next === undefined || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(shown.length - 1, next));
    wanted.current = shown[to]?.id;
    rows.show(to);
    again();
  };
}

/** The conversations as rows, of which those are drawn that are seen. */
export function Rows({ shown }: { shown: readonly ConversationView[] }) {
  const { place } = useNavigation();
  const rows = useRows(shown.length);
  const drawn = shown.slice(rows.start, rows.end);
  const presence = usePresence(drawn.flatMap(({ peer }) => (peer ? [peer.id] : [])));
  const { swiped, handlers } = useDoing(shown);
  const key = useKeys(shown, rows);
  return (
    <div className="scroll" ref={rows.boxRef} onScroll={rows.onScroll}>
      <ul
        ref={rows.rowsRef}
        style={{ paddingTop: rows.before, paddingBottom: rows.after }}
        onKeyDown={key}
        {...handlers}
      >
        {drawn.map((conversation) => (
          <li key={conversation.id} data-id={conversation.id}>
            {swiped?.id === conversation.id && <Under swiped={swiped} conversation={conversation} />}
            <ConversationRow
              conversation={conversation}
              current={conversation.id === place.conversation}
              presence={conversation.peer ? presence.get(conversation.peer.id)?.state : undefined}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
