import type { StickersView } from '@inlay-im/client';
import type { Sticker } from '@inlay-im/protocol';
import { type MouseEvent, useId, useMemo } from 'react';
import { useInlay } from '../context.ts';
import { useRoving } from '../emoji/use-roving.ts';
import { PackHead } from './pack-head.tsx';
import { isSame, type Offered, type StickerSection, sectionsOf } from './sections.ts';
import { PublishedSticker } from './sticker-image.tsx';

/** So many stand in a row. */
const COLUMNS = 4;

export interface StickerPickerProps {
  readonly view: StickersView;
  /** `stay`: the person wants to send more (Shift was held). */
  onSticker(pack: string, sticker: Sticker, stay: boolean): void;
}

interface SectionProps {
  readonly section: number;
  readonly of: StickerSection;
  readonly view: StickersView;
  /** The cell that Tab leads to, if it is one of these. */
  readonly at: number | undefined;
}

function Section({ section, of, view, at }: SectionProps) {
  const { t } = useInlay();
  const id = useId();
  const { pack, stickers } = of;
  return (
    <section className="section" data-section={section} aria-labelledby={id}>
      {pack === undefined ? (
        <header>
          <h3 id={id}>{t(of.key === 'recent' ? 'sticker.recent' : 'sticker.favourites')}</h3>
        </header>
      ) : (
        <PackHead id={id} pack={pack} view={view} />
      )}
      <div className="stickers">
        {stickers.map(({ sticker, pack: name }, i) => (
          <button
            type="button"
            key={`${name} ${sticker.id}`}
            data-index={i}
            tabIndex={i === at ? 0 : -1}
            aria-label={t('sticker.name', { emoji: sticker.emoji })}
          >
            <PublishedSticker sticker={sticker} />
          </button>
        ))}
      </div>
    </section>
  );
}

/** The packs as a bar of their first stickers, which lead to them (ARIA APG, toolbar). */
function Packs({
  sections,
  seen,
  onGo,
}: {
  readonly sections: readonly StickerSection[];
  readonly seen: number;
  onGo(section: number): void;
}) {
  const { t } = useInlay();
  return (
    <div className="packs" role="toolbar" aria-label={t('sticker.packs')}>
      {sections.map(({ key, pack, stickers: [first] }, i) => (
        <button
          type="button"
          key={key}
          aria-current={i === seen ? 'true' : undefined}
          aria-label={pack?.title ?? t(key === 'recent' ? 'sticker.recent' : 'sticker.favourites')}
          onClick={() => onGo(i)}
        >
          {pack !== undefined && first !== undefined ? (
            <PublishedSticker sticker={first.sticker} />
          ) : (
            <span aria-hidden="true">{key === 'recent' ? '🕘' : '⭐'}</span>
          )}
        </button>
      ))}
    </div>
  );
}

/** Picks a sticker: of the recent ones, favourites and packs. A secondary press makes one a favourite. */
export function StickerPicker({ view, onSticker }: StickerPickerProps) {
  const { client, t, attempt, openMenu } = useInlay();
  const sections = useMemo(() => sectionsOf(view), [view]);
  const roving = useRoving(
    sections.map(({ stickers }) => stickers.length),
    COLUMNS,
  );
  const offeredAt = (target: EventTarget | null): Offered | undefined => {
    const place = roving.placeOf(target);
    return place && sections[place.section]?.stickers[place.index];
  };
  const press = (event: MouseEvent) => {
    const one = offeredAt(event.target);
    if (one) onSticker(one.pack, one.sticker, event.shiftKey);
  };
  const menu = (event: MouseEvent) => {
    const one = offeredAt(event.target);
    const at = event.target instanceof Element ? event.target.closest('button') : null;
    if (one === undefined || at === null) return;
    event.preventDefault();
    const ref = { pack: one.pack, sticker: one.sticker.id };
    const on = !view.shelf.favourites.some((other) => isSame(one, other));
    openMenu({
      label: t('sticker.name', { emoji: one.sticker.emoji }),
      at,
      items: [
        {
          label: t(on ? 'sticker.favour' : 'sticker.unfavour'),
          icon: 'star',
          run: () => void attempt(client.stickers.get().then((stickers) => stickers.favour(ref, on))),
        },
      ],
    });
  };
  return (
    <div className="inlay-sticker-picker">
      <Packs sections={sections} seen={roving.seen} onGo={roving.go} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: presses are caught on their way from the buttons. */}
      <div
        ref={roving.scroller}
        className="scroll"
        onClick={press}
        onContextMenu={menu}
        onKeyDown={roving.onKeyDown}
        onFocus={roving.onFocus}
        onScroll={roving.onScroll}
      >
        {sections.map((of, section) => (
          <Section
            key={of.key}
            section={section}
            of={of}
            view={view}
            at={roving.at.section === section ? roving.at.index : undefined}
          />
        ))}
      </div>
    </div>
  );
}
