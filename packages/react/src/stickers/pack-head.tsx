import type { StickersView } from '@inlay-im/client';
import type { StickerPack } from '@inlay-im/protocol';
import { useInlay } from '../context.ts';
import { Button, RoundButton } from '../primitives/button.tsx';

interface PackHeadProps {
  readonly id: string;
  readonly pack: StickerPack;
  readonly view: StickersView;
}

/** A pack's title, with what makes it mine or, if it is, puts it in its place. */
export function PackHead({ id, pack, view }: PackHeadProps) {
  const { client, t, attempt, openMenu } = useInlay();
  const mine = view.shelf.packs;
  const others = mine.filter((one) => one !== pack.id);
  const arrange = (packs: string[]) =>
    void attempt(client.stickers.get().then((stickers) => stickers.arrange(packs)));
  const menu = (at: Element) =>
    openMenu({
      label: t('sticker.packMenu', { title: pack.title }),
      at,
      items: [
        mine[0] !== pack.id && {
          label: t('sticker.toFront'),
          icon: 'pin',
          run: () => arrange([pack.id, ...others]),
        },
        { label: t('sticker.removePack'), icon: 'trash', run: () => arrange(others) },
      ],
    });
  return (
    <header>
      <h3 id={id} dir="auto">
        {pack.title}
      </h3>
      {mine.includes(pack.id) ? (
        <RoundButton
          icon="more"
          label={t('sticker.packMenu', { title: pack.title })}
          aria-haspopup="menu"
          onClick={(event) => menu(event.currentTarget)}
        />
      ) : (
        <Button
          look="plain"
          aria-label={t('sticker.addPack', { title: pack.title })}
          onClick={() => arrange([...mine, pack.id])}
        >
          {t('sticker.add')}
        </Button>
      )}
    </header>
  );
}
