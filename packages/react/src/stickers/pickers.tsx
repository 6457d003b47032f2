import type { StickersView } from '@inlay-im/client';
import type { Sticker } from '@inlay-im/protocol';
import { type KeyboardEvent, useId, useState } from 'react';
import { useInlay } from '../context.ts';
import { EmojiPicker, type EmojiPickerProps } from '../emoji/emoji-picker.tsx';
import { absent, useStore } from '../hooks/store.ts';
import { StickerPicker } from './sticker-picker.tsx';

export interface PickersProps extends EmojiPickerProps {
  /** Absent: only emojis are wanted. */
  onSticker?(pack: string, sticker: Sticker, stay: boolean): void;
}

const KINDS = ['emoji', 'stickers'] as const;

/** What is picked from beside the field: emojis and, where the app publishes some, stickers. */
export function Pickers({ onSticker, ...emoji }: PickersProps) {
  const { client, t } = useInlay();
  const view = useStore<StickersView | undefined>(onSticker ? client.stickers.view : absent());
  const [chosen, setKind] = useState<(typeof KINDS)[number]>('emoji');
  const id = useId();
  if (onSticker === undefined || view === undefined || view.packs.length === 0)
    return <EmojiPicker {...emoji} />;
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      emoji.onClose();
    }
  };
  const arrows = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = chosen === 'emoji' ? 'stickers' : 'emoji';
    setKind(other);
    event.currentTarget.querySelector<HTMLElement>(`[data-kind=${other}]`)?.focus();
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is caught on its way from the controls within.
    <div className="inlay-pickers" onKeyDown={key}>
      <div id={id} className="panel" role="tabpanel" aria-labelledby={`${id}-${chosen}`}>
        {chosen === 'emoji' ? (
          <EmojiPicker {...emoji} />
        ) : (
          <StickerPicker view={view} onSticker={onSticker} />
        )}
      </div>
      <div className="kinds" role="tablist" aria-label={t('sticker.tabs')} onKeyDown={arrows}>
        {KINDS.map((kind) => (
          <button
            type="button"
            key={kind}
            id={`${id}-${kind}`}
            data-kind={kind}
            role="tab"
            aria-selected={kind === chosen}
            aria-controls={id}
            tabIndex={kind === chosen ? 0 : -1}
            onClick={() => setKind(kind)}
          >
            {t(`sticker.${kind}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
