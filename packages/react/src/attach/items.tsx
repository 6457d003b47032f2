import { useRef } from 'react';
import { useInlay } from '../context.ts';
import { Icon } from '../primitives/icon.tsx';
import type { Change, Chosen } from './chosen.ts';
import { Line, Preview, Tile } from './item.tsx';
import type { Ways } from './messages.ts';

interface AddProps {
  /** Further files were chosen. */
  onFiles(files: readonly File[]): void;
}

function Add({ onFiles }: AddProps) {
  const { t } = useInlay();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="add" onClick={() => input.current?.click()}>
        <Icon name="plus" />
        <span>{t('attach.add')}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

export interface ItemsProps extends AddProps {
  readonly items: readonly Chosen[];
  readonly ways: Ways;
  change(change: Change): void;
}

/** Tiles where all of them are seen and none has a caption of its own, else lines. */
export function Items({ items, ways, change, onFiles }: ItemsProps) {
  const { t } = useInlay();
  const seen = ways.as === 'media' && items.every(({ kind }) => kind !== 'file');
  const [single] = items;
  const plain = ways.as === 'files';
  if (items.length === 1 && single && seen)
    return (
      <div className="single">
        <Preview item={single} />
        <Add onFiles={onFiles} />
      </div>
    );
  const props = (item: Chosen, at: number) => ({ item, at, count: items.length, change });
  const tiles = seen && !ways.each;
  return (
    <ul className={tiles ? 'tiles' : 'lines'} aria-label={t('attach.chosen')}>
      {items.map((item, at) =>
        tiles ? (
          <Tile key={item.id} {...props(item, at)} />
        ) : (
          <Line key={item.id} {...props(item, at)} plain={plain} captioned={ways.each} />
        ),
      )}
      <li>
        <Add onFiles={onFiles} />
      </li>
    </ul>
  );
}
