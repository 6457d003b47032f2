import type { Timeline as Messages } from '@inlay-im/client';
import { type MouseEvent, type PointerEvent, useCallback, useMemo, useState } from 'react';
import { type MenuRequest, useInlay } from '../context.ts';
import type { Workbench } from '../conversation/workbench.ts';
import { useMyId } from '../hooks/people.ts';
import { useStore } from '../hooks/store.ts';
import { useNavigation } from '../navigation.ts';
import { later, onUse } from '../primitives/later.tsx';
import type { Acting } from './actions.ts';
import { barPlace } from './bar-place.ts';
import { HoverBar, type Hovered } from './hover-bar.tsx';
import { permissionsOf } from './permissions.ts';
import { useLongPress } from './pointer.ts';

const Reactors = later(async () => (await import('./reactors.tsx')).Reactors);
const ReadBy = later(async () => (await import('../details/read-by.tsx')).ReadBy);
const EmojiDialog = later(async () => (await import('./emoji-dialog.tsx')).EmojiDialog);

type About = Parameters<Acting['show']>[0];

/** The key of the row that something stands in. */
export const keyOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined;

/** What can be done with the messages: by pointer, by finger, and by key. */
export function useActing(bench: Workbench, timeline: Messages) {
  const kit = useInlay();
  const me = useMyId();
  const navigation = useNavigation();
  const [about, setAbout] = useState<About | undefined>(undefined);
  const [hovered, setHovered] = useState<Hovered | undefined>(undefined);
  const onReactors = useCallback((n: number) => setAbout({ about: 'reactors', n }), []);
  const acting = useMemo<Acting>(
    () => ({ kit, bench, navigation, me, show: setAbout }),
    [kit, bench, navigation, me],
  );
  const open = (key: string | undefined, at: MenuRequest['at']) => {
    const message = key === undefined ? undefined : timeline.message(key).get();
    if (message === undefined || message.body?.kind === 'system') return false;
    const may = permissionsOf(message, bench.handle.info.get(), me);
    if (message.n !== null && message.body === null && !may.delete) return false;
    const show = async () => {
      const { menuOf } = await onUse(() => import('./actions.ts'));
      const menu = menuOf(acting, message, at);
      if (menu) kit.openMenu(menu);
    };
    void kit.attempt(show());
    return true;
  };
  const selecting = useStore(bench.selected) !== undefined;
  const press = useLongPress((target, at) => {
    if (selecting) return;
    if (open(keyOf(target), at)) navigator.vibrate?.(10);
  });
  const over = (event: PointerEvent, list: HTMLElement | null) => {
    if (event.pointerType !== 'mouse' || list === null || selecting) return;
    const row = (event.target as Element).closest<HTMLElement>('[data-key]');
    const bubble = row?.querySelector<HTMLElement>('article .inlay-bubble');
    const key = row?.dataset.key;
    if (!bubble || key === undefined || key === hovered?.key) return;
    const own = bubble.closest('.own') !== null;
    const onRight = own !== (getComputedStyle(list).direction === 'rtl');
    setHovered({
      key,
      ...barPlace(bubble.getBoundingClientRect(), list.getBoundingClientRect(), onRight),
    });
  };
  const handlers = {
    ...press,
    onContextMenu: (event: MouseEvent) => {
      // A link or a marked text has a menu of the browser's own.
      const marked = getSelection()?.isCollapsed === false;
      if ((event.target as Element).closest('a') || (marked && event.button === 2)) return;
      if (open(keyOf(event.target), { x: event.clientX, y: event.clientY })) event.preventDefault();
    },
    onClickCapture: (event: MouseEvent) => {
      const key = keyOf(event.target);
      const message = key === undefined ? undefined : timeline.message(key).get();
      if (!selecting || message?.n == null || message.body?.kind === 'system') return;
      if ((event.target as Element).closest('input')) return;
      event.preventDefault();
      event.stopPropagation();
      bench.toggle(message.key);
    },
  };
  return { acting, about, setAbout, hovered, setHovered, open, over, handlers, selecting, onReactors };
}

type Doing = ReturnType<typeof useActing>;

/** The bar over the message under the pointer. */
export function HoverActions({
  doing,
  timeline,
  bench,
}: {
  doing: Doing;
  timeline: Messages;
  bench: Workbench;
}) {
  const { acting, hovered, setHovered, open, setAbout } = doing;
  const message = hovered && timeline.message(hovered.key).get();
  if (hovered === undefined || message === undefined || doing.selecting) return null;
  const { n, key } = message;
  const may = permissionsOf(message, bench.handle.info.get(), acting.me);
  return (
    <HoverBar
      hovered={hovered}
      react={may.react && n !== null ? () => setAbout({ about: 'emoji', n }) : undefined}
      reply={
        may.reply && n !== null
          ? () => {
              setHovered(undefined);
              bench.target.set({ to: 'reply', n, key });
            }
          : undefined
      }
      more={(at) => open(key, at)}
    />
  );
}

/** The dialog about one message that is open. */
export function AboutDialog({ doing, bench }: { doing: Doing; bench: Workbench }) {
  const { about, setAbout } = doing;
  if (about === undefined) return null;
  const { n } = about;
  const close = () => setAbout(undefined);
  return (
    <>
      {about.about === 'reactors' && <Reactors handle={bench.handle} n={n} onClose={close} />}
      {about.about === 'readers' && <ReadBy id={bench.handle.id} n={n} onClose={close} />}
      {about.about === 'emoji' && <EmojiDialog handle={bench.handle} n={n} onClose={close} />}
    </>
  );
}
