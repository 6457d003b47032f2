import type { GifsView } from '@inlay-im/client';
import type { Gif } from '@inlay-im/protocol';
import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useInlay } from '../context.ts';
import { GifCell } from './gif-cell.tsx';
import { gifMoved, gifRows } from './rows.ts';

/** How near to what is seen the end is when more is fetched, in the heights of what is seen. */
const NEAR = '100%';
/** Before it is measured, in pixels. */
const WIDTH = 340;

export interface GifGridHandle {
  /** Puts the focus on the picture that Tab leads to. */
  enter(): void;
}

export interface GifGridProps {
  readonly view: GifsView;
  /** The one that was chosen and is on its way. */
  readonly taken: string | undefined;
  readonly handle: Ref<GifGridHandle>;
  onChoose(gif: Gif, stay: boolean): void;
  onMore(): void;
}

/** The width of what is in an element, in pixels, as it changes. */
function useWidth(box: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(WIDTH);
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    setWidth(current.clientWidth);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

/** Calls while the end of a list is near to what is seen. */
function useEnd(end: { readonly current: HTMLElement | null }, onNear: () => void, count: number): void {
  const near = useRef(onNear);
  near.current = onNear;
  // A page that does not fill what is seen asks for the next one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    const { current } = end;
    if (current === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && near.current(),
      { root: current.closest('.scroll'), rootMargin: NEAR },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [end, count]);
}

/** GIFs in rows: a press or Enter chooses one, arrow keys move among them (ARIA APG, roving tabindex). */
export function GifGrid({ view, taken, handle, onChoose, onMore }: GifGridProps) {
  const { t } = useInlay();
  const { gifs, state } = view;
  const box = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const rows = useMemo(() => gifRows(gifs, width), [gifs, width]);
  const [held, setAt] = useState(0);
  const at = held < gifs.length ? held : 0;
  const focus = (index: number) =>
    box.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  useImperativeHandle(handle, () => ({ enter: () => focus(at) }));
  useEnd(end, () => state === 'ready' && onMore(), gifs.length);

  const indexOf = (target: EventTarget | null): number | undefined => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    return cell ? Number(cell.dataset.index) : undefined;
  };
  const press = (event: MouseEvent) => {
    const gif = gifs[indexOf(event.target) ?? -1];
    if (gif !== undefined) onChoose(gif, event.shiftKey);
  };
  const key = (event: KeyboardEvent<HTMLElement>) => {
    const from = indexOf(event.target);
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const to = from === undefined ? undefined : gifMoved(rows, from, { key: event.key, rtl });
    if (to === undefined) return;
    event.preventDefault();
    focus(to);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in.
    <div
      ref={box}
      className="gifs"
      role="group"
      aria-label={t('gif.found')}
      onClick={press}
      onKeyDown={key}
      onFocus={(event) => setAt(indexOf(event.target) ?? at)}
    >
      {rows.map(({ from, ratios, height }) => (
        <div key={from} className="line" style={{ height }}>
          {ratios.map((ratio, i) => {
            const gif = gifs[from + i];
            return (
              gif && (
                <GifCell
                  key={gif.id}
                  gif={gif}
                  index={from + i}
                  width={ratio * height}
                  isStop={from + i === at}
                  isTaken={gif.id === taken}
                />
              )
            );
          })}
        </div>
      ))}
      <div ref={end} className="end" />
    </div>
  );
}
