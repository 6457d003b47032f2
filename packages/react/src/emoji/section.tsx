import { memo, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { EmojiSign } from './custom.tsx';
import { type Emoji, toned } from './emojis.ts';
import { COLUMNS } from './place.ts';

export interface SectionProps {
  readonly section: number;
  readonly title: string;
  readonly emojis: readonly Emoji[];
  readonly tone: number;
  /** The cell that Tab leads to, if it is one of these. */
  readonly at: number | undefined;
  /** What is scrolled; cells are made when they come near to what is seen of it. */
  readonly scroller: RefObject<HTMLElement | null>;
}

/** How near to what is seen cells are made, in the heights of what is seen. */
const NEAR = '100%';

/** Whether a box has come near to what is seen; once it has, it stays so. */
function useNear(box: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>, now: boolean) {
  const [near, setNear] = useState(now);
  useEffect(() => {
    const { current } = box;
    if (near || current === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((e) => e.isIntersecting) && setNear(true),
      {
        root: scroller.current,
        rootMargin: NEAR,
      },
    );
    observer.observe(current);
    return () => observer.disconnect();
  }, [near, box, scroller]);
  return near || now;
}

const rowsOf = (emojis: readonly Emoji[]): (readonly Emoji[])[] =>
  Array.from({ length: Math.ceil(emojis.length / COLUMNS) }, (_, row) =>
    emojis.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );

/** One category. It has its whole height from the start, and its cells once they are near to being seen. */
export const Section = memo(function Section(props: SectionProps) {
  const { section, title, emojis, tone, at, scroller } = props;
  const id = useId();
  const box = useRef<HTMLElement>(null);
  const near = useNear(box, scroller, section === 0 || at !== undefined);
  const rows = rowsOf(emojis);
  return (
    <section ref={box} className="section" data-section={section} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {near ? (
        // biome-ignore lint/a11y/useSemanticElements: a table's cells would bring a table's layout with them.
        <div role="grid" aria-labelledby={id}>
          {rows.map((row, r) => (
            // biome-ignore lint/a11y/useSemanticElements: as above.
            // biome-ignore lint/a11y/useFocusableInteractive: the cells of a row take the focus.
            <div role="row" key={row[0]?.emoji}>
              {row.map((emoji, c) => {
                const index = r * COLUMNS + c;
                const shown = toned(emoji, tone);
                return (
                  // biome-ignore lint/a11y/useSemanticElements: as above.
                  <button
                    type="button"
                    role="gridcell"
                    key={emoji.emoji}
                    data-index={index}
                    tabIndex={index === at ? 0 : -1}
                    aria-label={emoji.label}
                    title={emoji.codes[0] === undefined ? emoji.label : `${emoji.label} :${emoji.codes[0]}:`}
                  >
                    <EmojiSign emoji={shown} />
                  </button>
                );
              })}
            </div>
          ))}
        </div>
      ) : (
        <div className="coming" style={{ height: `calc(${rows.length} * var(--cell))` }} />
      )}
    </section>
  );
});
