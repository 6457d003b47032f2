import type { Gifs, GifsView } from '@inlay-im/client';
import type { Gif, MediaBody } from '@inlay-im/protocol';
import { LIMITS } from '@inlay-im/protocol/rules';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { Button } from '../primitives/button.tsx';
import { Empty } from '../primitives/empty.tsx';
import { GifGrid, type GifGridHandle } from './gif-grid.tsx';
import { useGifSearch } from './use-search.ts';

export interface GifPickerProps {
  readonly gifs: Gifs;
  /** The service whose they are: its terms want it named. */
  readonly name: string;
  /** `stay`: the person wants to send more, or has gone elsewhere meanwhile. */
  onGif(body: MediaBody, stay: boolean): void;
}

/** Widths by heights of what stands where GIFs will be. */
const COMING = [1.3, 1, 1, 1.6, 1.2, 1.2, 0.9, 1.4];

function Coming() {
  return (
    <div className="coming" aria-hidden="true">
      {COMING.map((ratio, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are always the same.
        <span key={i} className="inlay-skeleton" style={{ flexGrow: ratio, flexBasis: `${ratio * 6}em` }} />
      ))}
    </div>
  );
}

/** What stands in the place of GIFs, or after them. */
function Standing({ view, onAgain }: { readonly view: GifsView; onAgain(): void }) {
  const { t } = useInlay();
  const isEmpty = view.gifs.length === 0;
  if (view.state === 'loading') return isEmpty ? <Coming /> : null;
  if (view.state === 'failed' && isEmpty) {
    return (
      <Empty icon="offline" title={t('gif.failed')}>
        <Button onClick={onAgain}>{t('app.again')}</Button>
      </Empty>
    );
  }
  if (view.state === 'failed') {
    return (
      <p className="more">
        {t('gif.failed')} <Button onClick={onAgain}>{t('app.again')}</Button>
      </p>
    );
  }
  return isEmpty && view.complete ? (
    <Empty icon="search" title={t('gif.nothing')}>
      <p>{t('gif.nothingHint')}</p>
    </Empty>
  ) : null;
}

/** Takes one at a time, and gives it once it is a file. */
function useTaking({ gifs, onGif }: GifPickerProps) {
  const { attempt } = useInlay();
  const [taken, setTaken] = useState<string | undefined>(undefined);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const choose = (gif: Gif, stay: boolean) => {
    if (taken !== undefined) return;
    setTaken(gif.id);
    const sent = gifs.take(gif).then((stored) => {
      onGif({ kind: 'media', items: [{ ...stored, caption: null }], text: null }, stay || !isHere.current);
    });
    void attempt(sent).then(() => setTaken(undefined));
  };
  return { taken, choose };
}

/** Searches for a GIF and sends the one that is chosen. */
export function GifPicker(props: GifPickerProps) {
  const { gifs, name } = props;
  const { t } = useInlay();
  const [typed, setTyped] = useState('');
  const { search, view, query } = useGifSearch(gifs, typed);
  const { taken, choose } = useTaking(props);
  const field = useRef<HTMLInputElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<GifGridHandle>(null);
  useEffect(() => {
    // On a touch screen it would open the keyboard over what is to be picked from.
    if (matchMedia('(pointer: fine)').matches) field.current?.focus({ preventScroll: true });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what another search finds is seen from its beginning.
  useEffect(() => {
    scroller.current?.scrollTo(0, 0);
  }, [query]);
  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'ArrowDown' && event.key !== 'Enter')) return;
    // Enter would send what is written in the field beside it.
    event.preventDefault();
    grid.current?.enter();
  };
  const told = taken !== undefined ? t('gif.sending') : view.state === 'loading' ? t('gif.loading') : '';
  return (
    <div className="inlay-gif-picker">
      <div className="top">
        <input
          ref={field}
          type="search"
          className="inlay-input"
          value={typed}
          maxLength={LIMITS.gifQuery}
          autoComplete="off"
          autoCapitalize="off"
          enterKeyHint="search"
          placeholder={t('gif.search', { name })}
          aria-label={t('gif.search', { name })}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={key}
        />
      </div>
      <div ref={scroller} className="scroll" aria-busy={view.state === 'loading'}>
        {view.gifs.length > 0 && (
          <GifGrid
            key={query}
            view={view}
            taken={taken}
            handle={grid}
            onChoose={choose}
            onMore={search.more}
          />
        )}
        <Standing view={view} onAgain={search.more} />
      </div>
      <p className="from">{t('gif.from', { name })}</p>
      <p className="inlay-unseen" role="status">
        {told || (view.state === 'ready' ? t('gif.count', { count: view.gifs.length }) : '')}
      </p>
    </div>
  );
}
