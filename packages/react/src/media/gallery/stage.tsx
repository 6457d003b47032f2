import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useInlay } from '../../context.ts';
import { RoundButton } from '../../primitives/button.tsx';
import type { Shown } from './items.ts';
import { pictureIn, Slide } from './slide.tsx';
import { useGestures } from './use-gestures.ts';
import type { Area, View } from './zoom.ts';
import { WHOLE } from './zoom.ts';

function useArea(element: RefObject<HTMLElement | null>): Area {
  const [area, setArea] = useState<Area>({ width: 1, height: 1 });
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return;
    const measure = () => setArea({ width: current.clientWidth, height: current.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return area;
}

export interface StageProps {
  readonly all: readonly Shown[];
  readonly at: number;
  /** The one that plays by itself, where it is a video. */
  readonly first: string;
  readonly view: View;
  readonly quarters: number;
  setView(view: View): void;
  onStep(by: 1 | -1): void;
  onClose(): void;
}

/** The picture that is looked at, and beside it those that a swipe leads to. */
export function Stage({ all, at, first, view, quarters, setView, onStep, onClose }: StageProps) {
  const { t } = useInlay();
  const stage = useRef<HTMLDivElement>(null);
  const area = useArea(stage);
  const shown = all[at];
  const picture = shown?.item.kind === 'image' ? pictureIn(shown, area, quarters) : undefined;
  const rtl = useRef(false);
  useEffect(() => {
    rtl.current = stage.current !== null && getComputedStyle(stage.current).direction === 'rtl';
  }, []);
  const { drag, handlers } = useGestures({
    stage,
    area,
    picture,
    view,
    setView,
    onBeside: onClose,
    onSwipe: (way) => {
      if (way === 'away') onClose();
      else onStep((way === 'left') === rtl.current ? -1 : 1);
    },
  });
  const place = (i: number) => {
    const along = (i - at) * (rtl.current ? -1 : 1);
    const down = i === at ? (drag?.y ?? 0) : 0;
    return {
      transform: `translate(calc(${along * 100}% + ${(drag?.x ?? 0) + along * 24}px), ${down}px)`,
      ...(drag === undefined ? {} : { transition: 'none' }),
    };
  };
  return (
    <div className="stage" ref={stage} {...handlers} data-zoomed={view.scale > 1 || undefined}>
      {all.slice(Math.max(0, at - 1), at + 2).map((one) => {
        const i = all.indexOf(one);
        return (
          <Slide
            key={one.key}
            shown={one}
            current={i === at}
            area={area}
            view={i === at ? view : WHOLE}
            quarters={i === at ? quarters : 0}
            play={one.key === first}
            style={place(i)}
          />
        );
      })}
      {at > 0 && (
        <RoundButton
          icon="back"
          className="previous"
          label={t('gallery.previous')}
          onClick={() => onStep(-1)}
        />
      )}
      {at < all.length - 1 && (
        <RoundButton icon="next" className="following" label={t('gallery.next')} onClick={() => onStep(1)} />
      )}
    </div>
  );
}
