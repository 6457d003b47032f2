import { useLayoutEffect, useRef } from 'react';
import { useInlay } from '../context.ts';
import { EmojiSign } from '../emoji/custom.tsx';
import { useUser } from '../hooks/people.ts';
import { Avatar } from '../primitives/avatar.tsx';
import type { Person } from './people.ts';
import { type Completion, offerId } from './use-completion.ts';
import { type Offer, useOffers } from './use-offers.ts';

function PersonOffer({ person }: { person: Person }) {
  const user = useUser(person.id);
  return (
    <>
      <Avatar id={person.id} name={person.name} picture={user?.avatar} size="s" />
      <span className="name" dir="auto">
        {person.name}
      </span>
      {person.id !== person.name && <small dir="ltr">{person.id}</small>}
    </>
  );
}

function EmojiOffer({ offer: { text, emoji, code } }: { offer: Offer }) {
  return (
    <>
      <span className="emoji">
        <EmojiSign emoji={text} />
      </span>
      <span className="name" dir="ltr">{`:${code ?? emoji?.label}:`}</span>
      {emoji?.label !== code && <small>{emoji?.label}</small>}
    </>
  );
}

/**
 * The list over the field. The focus stays in the field, which names the option that is meant (ARIA APG, listbox with
 * `aria-activedescendant`). A field of several lines may not be a combobox (ARIA in HTML, textarea), so that the number
 * of offers is read out instead of its being expanded.
 */
export function Completions({ completion }: { completion: Completion }) {
  const { t } = useInlay();
  const { id, handle, token, active, take, offered } = completion;
  const offers = useOffers(handle, token);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => offered(offers), [offered, offers]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another option is meant.
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active, offers]);
  if (offers.length === 0) return null;
  return (
    <div
      ref={list}
      id={id}
      className="offers"
      role="listbox"
      tabIndex={-1}
      aria-label={t(token?.kind === 'emoji' ? 'composer.shortcodes' : 'composer.mentions')}
      // The field keeps the focus, and a phone its keyboard.
      onMouseDown={(event) => event.preventDefault()}
    >
      {offers.map((offer, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field.
        // biome-ignore lint/a11y/useFocusableInteractive: as above.
        <div
          key={offer.id}
          id={offerId(id, i)}
          role="option"
          aria-selected={i === active}
          onClick={() => take(offer)}
        >
          {offer.person ? <PersonOffer person={offer.person} /> : <EmojiOffer offer={offer} />}
        </div>
      ))}
    </div>
  );
}
