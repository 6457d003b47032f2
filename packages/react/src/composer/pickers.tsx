import type { Gifs, StickersView } from '@inlay-im/client';
import type { MediaBody, Sticker } from '@inlay-im/protocol';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { useInlay } from '../context.ts';
import { EmojiPicker, type EmojiPickerProps } from '../emoji/emoji-picker.tsx';
import { GifPicker } from '../gifs/gif-picker.tsx';
import { absent, useStore } from '../hooks/store.ts';
import { StickerPicker } from '../stickers/sticker-picker.tsx';
import type { SendPicked } from './send-picked.ts';

export interface PickersProps extends EmojiPickerProps {
  /** Sends what is no text. Absent: only emojis are wanted. */
  readonly onSend?: SendPicked;
}

type Kind = 'emoji' | 'stickers' | 'gifs';

/** The GIFs of the client and whose they are, once it is known that there are any. */
function useGifs(wanted: boolean): { gifs: Gifs; name: string } | undefined {
  const { client } = useInlay();
  const [gifs, setGifs] = useState<Gifs | undefined>(undefined);
  useEffect(() => {
    if (wanted) void client.gifs.get().then(setGifs);
  }, [client, wanted]);
  const name = useStore<string | null | undefined>(gifs ? gifs.service : absent());
  return gifs && name ? { gifs, name } : undefined;
}

/** What there is to pick from beside emojis: stickers where the app publishes some, GIFs where the node has a service. */
function useKinds({ onSend, ...emoji }: PickersProps): Partial<Record<Kind, ReactNode>> {
  const { client } = useInlay();
  const view = useStore<StickersView | undefined>(onSend ? client.stickers.view : absent());
  const gifs = useGifs(onSend !== undefined);
  const sticker = (pack: string, { id: sticker, ...look }: Sticker, stay: boolean) => {
    const body = { kind: 'sticker' as const, pack, sticker };
    onSend?.({ body, shown: { ...body, ...look } }, stay);
  };
  const gif = (shown: MediaBody, stay: boolean) => {
    const items = shown.items.map(({ file, caption }) => ({ file, caption }));
    onSend?.({ body: { kind: 'media', items, text: null }, shown }, stay);
  };
  return {
    emoji: <EmojiPicker {...emoji} />,
    ...(view?.packs.length ? { stickers: <StickerPicker view={view} onSticker={sticker} /> } : {}),
    ...(gifs ? { gifs: <GifPicker {...gifs} onGif={gif} /> } : {}),
  };
}

/** What is picked from beside the field: emojis, stickers and GIFs, as far as there are any. */
export function Pickers(props: PickersProps) {
  const { t } = useInlay();
  const [wanted, setKind] = useState<Kind>('emoji');
  const panels = useKinds(props);
  const kinds = Object.keys(panels) as Kind[];
  const id = useId();
  if (kinds.length === 1) return panels.emoji;
  // One that is there no more, as after a change of the node, gives way.
  const chosen = kinds.includes(wanted) ? wanted : 'emoji';
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      props.onClose();
    }
  };
  const arrows = (event: KeyboardEvent<HTMLDivElement>) => {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    const other = step && kinds[(kinds.indexOf(chosen) + step + kinds.length) % kinds.length];
    if (!other) return;
    setKind(other);
    event.currentTarget.querySelector<HTMLElement>(`[data-kind=${other}]`)?.focus();
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is caught on its way from the controls within.
    <div className="inlay-pickers" onKeyDown={key}>
      <div id={id} className="panel" role="tabpanel" aria-labelledby={`${id}-${chosen}`}>
        {panels[chosen]}
      </div>
      <div className="kinds" role="tablist" aria-label={t('sticker.tabs')} onKeyDown={arrows}>
        {kinds.map((kind) => (
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
