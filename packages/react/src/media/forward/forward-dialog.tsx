import type { TimelineMessage } from '@inlay-im/client';
import { mayPost } from '@inlay-im/protocol/rules';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { useInlay } from '../../context.ts';
import { useConversations } from '../../hooks/conversations.ts';
import { useKnownPeople } from '../../hooks/known-people.ts';
import { useMyId } from '../../hooks/people.ts';
import { useNavigation } from '../../navigation.ts';
import { Chip } from '../../picker/chip.tsx';
import { useCombobox } from '../../picker/use-combobox.ts';
import { Button } from '../../primitives/button.tsx';
import { Dialog } from '../../primitives/dialog.tsx';
import { Icon } from '../../primitives/icon.tsx';
import { OfferFace } from '../../switcher/offer-face.tsx';
import { type Offer, offersOf } from '../../switcher/offers.ts';

export interface ForwardProps {
  /** Of one conversation. */
  readonly messages: readonly TimelineMessage[];
  onClose(): void;
}

/** Where I may write: my conversations, and people whom I know. */
function useTargets(query: string): readonly Offer[] {
  const { t } = useInlay();
  const me = useMyId();
  const { items, archived } = useConversations();
  const people = useKnownPeople();
  return useMemo(() => {
    const conversations = [...items, ...archived].filter(({ kind, posting, self }) =>
      mayPost({ kind, posting, role: self?.role ?? null }),
    );
    return offersOf({ t, me, conversations, people, current: undefined, stranger: undefined, query });
  }, [t, me, items, archived, people, query]);
}

/** Sends messages on, says so, and leads to where they went. */
function useForward({ messages, onClose }: ForwardProps) {
  const { t, client, toast } = useInlay();
  const { open } = useNavigation();
  return (chosen: readonly Offer[]) => {
    const [first] = chosen;
    const [message] = messages;
    if (first === undefined || message === undefined) return;
    const to = chosen.map(({ id }) => id);
    for (const { sent } of client.conversation(message.conversation).forward(messages, to)) {
      // Where it fails the row says so, in the conversation that it was meant for.
      sent.catch(() => {});
    }
    onClose();
    const action = { label: t('forward.open'), run: () => open(first.id) };
    if (chosen.length > 1) toast({ text: t('forward.doneMany', { count: chosen.length }) });
    else toast({ text: t('forward.done', { name: first.name }), action });
  };
}

/** Chooses one or more conversations that messages are sent on to. */
export function ForwardDialog(props: ForwardProps) {
  const { t } = useInlay();
  const { messages, onClose } = props;
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<readonly Offer[]>([]);
  const targets = useTargets(query);
  const forward = useForward(props);
  const isChosen = (offer: Offer) => chosen.some(({ id }) => id === offer.id);
  const toggle = (offer: Offer) => {
    setQuery('');
    setChosen(isChosen(offer) ? chosen.filter(({ id }) => id !== offer.id) : [...chosen, offer]);
  };
  const box = useCombobox({
    count: targets.length,
    query,
    first: query.trim() === '' ? -1 : 0,
    onChoose: (option) => {
      const offer = targets[option];
      if (offer) toggle(offer);
      else forward(chosen);
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const last = chosen.at(-1);
    if (event.key === 'Backspace' && query === '' && last) toggle(last);
    else box.field.onKeyDown(event);
  };
  return (
    <Dialog title={t('forward.title', { count: messages.length })} onClose={onClose}>
      <div className="inlay-picker inlay-forward">
        <div className="field">
          {chosen.map((offer) => (
            <Chip
              key={offer.id}
              id={offer.person ?? offer.id}
              name={offer.name}
              picture={offer.picture}
              square={offer.person === undefined}
              onRemove={() => toggle(offer)}
            />
          ))}
          <input
            {...box.field}
            onKeyDown={onKeyDown}
            aria-label={t('forward.to')}
            placeholder={t('forward.to')}
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="done"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        </div>
        <div
          id={box.listId}
          role="listbox"
          ref={box.listRef}
          className="inlay-people"
          aria-label={t('forward.found')}
          aria-multiselectable
        >
          {targets.map((offer, i) => (
            <div
              key={offer.id}
              {...box.option(i)}
              role="option"
              tabIndex={-1}
              aria-selected={isChosen(offer)}
            >
              <OfferFace offer={offer} />
              {isChosen(offer) && <Icon name="check" />}
            </div>
          ))}
        </div>
        {targets.length === 0 && (
          <p className="nobody" role="status">
            {t('switcher.nothing')}
          </p>
        )}
      </div>
      <div className="actions">
        <Button look="primary" icon="forward" disabled={chosen.length === 0} onClick={() => forward(chosen)}>
          {t('forward.do')}
        </Button>
      </div>
    </Dialog>
  );
}
