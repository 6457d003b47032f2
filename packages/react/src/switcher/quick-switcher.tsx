import { useMemo, useState } from 'react';
import { useInlay } from '../context.ts';
import { useConversations } from '../hooks/conversations.ts';
import { useKnownPeople } from '../hooks/known-people.ts';
import { useMyId } from '../hooks/people.ts';
import { useNavigation } from '../navigation.ts';
import { useCombobox } from '../picker/use-combobox.ts';
import { type Lookup, useLookup } from '../picker/use-lookup.ts';
import { RoundButton } from '../primitives/button.tsx';
import { Icon } from '../primitives/icon.tsx';
import { useModal } from '../primitives/use-modal.ts';
import { OfferFace } from './offer-face.tsx';
import { type Offer, offersOf } from './offers.ts';

function useOffers(query: string): { offers: readonly Offer[]; lookup: Lookup } {
  const { t } = useInlay();
  const me = useMyId();
  const { items, archived } = useConversations();
  const { conversation: current } = useNavigation().place;
  const people = useKnownPeople();
  const lookup = useLookup(query);
  const stranger = lookup.state === 'found' && lookup.user.id !== me ? lookup.user : undefined;
  const offers = useMemo(
    () => offersOf({ t, me, conversations: [...items, ...archived], people, current, stranger, query }),
    [t, me, items, archived, people, current, stranger, query],
  );
  return { offers, lookup };
}

function OfferRow({ offer }: { offer: Offer }) {
  const { t } = useInlay();
  const { unread, kind } = offer;
  return (
    <>
      <OfferFace offer={offer} />
      {kind === 'person' && <small className="write">{t('switcher.write')}</small>}
      {unread > 0 && (
        <span className="inlay-badge" role="img" aria-label={t('list.unread', { count: unread })}>
          {unread > 999 ? '999+' : unread}
        </span>
      )}
    </>
  );
}

/** A search for conversations and people, that leads to them. */
export function QuickSwitcher({ onClose }: { onClose(): void }) {
  const { t } = useInlay();
  const { open } = useNavigation();
  const { dialog, close, beside } = useModal(onClose);
  const [query, setQuery] = useState('');
  const { offers, lookup } = useOffers(query);
  const box = useCombobox({
    count: offers.length,
    query,
    onChoose: (option) => {
      const offer = offers[option];
      if (offer === undefined) return;
      close();
      open(offer.id);
    },
  });
  const looking = lookup.state === 'looking';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does with the keyboard what a press beside the dialog does.
    <dialog
      {...dialog}
      className="inlay-dialog inlay-switcher"
      aria-label={t('list.search')}
      onClick={beside}
    >
      <div className="search">
        <Icon name="search" />
        <input
          {...box.field}
          aria-label={t('list.search')}
          placeholder={t('switcher.placeholder')}
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="go"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <RoundButton icon="close" label={t('app.close')} onClick={close} />
      </div>
      <div
        id={box.listId}
        role="listbox"
        ref={box.listRef}
        className="inlay-people"
        aria-label={t('switcher.found')}
      >
        {offers.map((offer, i) => (
          <div key={offer.id} {...box.option(i)} role="option" tabIndex={-1} aria-selected={i === box.at}>
            <OfferRow offer={offer} />
          </div>
        ))}
      </div>
      <p className={offers.length === 0 ? 'nothing' : 'inlay-unseen'} role="status">
        {offers.length > 0
          ? t('switcher.count', { count: offers.length })
          : t(looking ? 'app.loading' : query.trim() === '' ? 'switcher.empty' : 'switcher.nothing')}
      </p>
    </dialog>
  );
}
