import type { TimelineMessage } from '@inlay-im/client';
import { type KeyboardEvent, useEffect, useLayoutEffect, useState } from 'react';
import { useInlay } from '../../context.ts';
import { useModal } from '../../primitives/use-modal.ts';
import { keyOf } from './items.ts';
import { Stage } from './stage.tsx';
import { Caption, Tools } from './tools.tsx';
import { useItems } from './use-items.ts';
import { type View, WHOLE, zoomed } from './zoom.ts';

const STEP = 1.5;

export interface GalleryProps {
  readonly message: TimelineMessage;
  readonly file: string;
  onClose(): void;
}

/** How the one that is looked at is seen; another one is seen whole. */
function useView(key: string | undefined) {
  const [held, setHeld] = useState({ key, view: WHOLE, quarters: 0 });
  const { view, quarters } = held.key === key ? held : { view: WHOLE, quarters: 0 };
  return {
    view,
    quarters,
    setView: (next: View) => setHeld({ key, view: next, quarters }),
    rotate: () => setHeld({ key, view: WHOLE, quarters: quarters + 1 }),
    zoom: (factor: number) => setHeld({ key, view: zoomed(view, factor), quarters }),
  };
}

/** All images and videos of a conversation, one at a time, over everything else. */
export function Gallery({ message, file, onClose }: GalleryProps) {
  const { t, client } = useInlay();
  const { dialog, close } = useModal(onClose);
  const { ref } = dialog;
  const handle = client.conversation(message.conversation);
  const { all, at, shown, complete, step, toEnd } = useItems({ handle, message, file, onClose: close });
  const look = useView(shown?.key);
  // Keys are for the picture; the browser would give them to the first of the buttons.
  useLayoutEffect(() => ref.current?.focus(), [ref]);
  // The button that was pressed may be gone, at the last one for example; keys have to go on working.
  useEffect(() => {
    const { current } = ref;
    const root = current?.getRootNode() as Document | ShadowRoot | undefined;
    if (current && !current.contains(root?.activeElement ?? null)) current.focus();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rtl = ref.current !== null && getComputedStyle(ref.current).direction === 'rtl';
    const forward = rtl ? -1 : 1;
    const inVideo = event.target instanceof HTMLVideoElement;
    const deeds: Record<string, (() => void) | false> = {
      ArrowRight: !inVideo && (() => step(forward)),
      ArrowLeft: !inVideo && (() => step(-forward)),
      Home: !inVideo && (() => toEnd('first')),
      End: !inVideo && (() => toEnd('last')),
      '+': () => look.zoom(STEP),
      '=': () => look.zoom(STEP),
      '-': () => look.zoom(1 / STEP),
      '0': () => look.setView(WHOLE),
      r: look.rotate,
    };
    const deed = deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  };
  return (
    <dialog
      {...dialog}
      className="inlay-gallery"
      tabIndex={-1}
      aria-label={t('gallery.label')}
      onKeyDown={onKeyDown}
    >
      {shown && (
        <>
          <Tools
            shown={shown}
            position={complete ? { at: at + 1, count: all.length } : undefined}
            onZoom={(way) => look.zoom(way === 'in' ? STEP : 1 / STEP)}
            onRotate={look.rotate}
            onClose={close}
          />
          <Stage
            all={all}
            at={at}
            first={keyOf(message, file)}
            view={look.view}
            quarters={look.quarters}
            setView={look.setView}
            onStep={step}
            onClose={close}
          />
          <Caption shown={shown} />
        </>
      )}
    </dialog>
  );
}
