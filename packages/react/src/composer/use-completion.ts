import type { ConversationHandle } from '@inlay-im/client';
import { type KeyboardEvent, type RefObject, useCallback, useId, useState } from 'react';
import { useInlay } from '../context.ts';
import { typeInto } from './insert.ts';
import { completing, isDone, shortcodeAt, type Token, tokenAt } from './token.ts';
import type { Offer } from './use-offers.ts';

export interface CompletionOptions {
  readonly handle: ConversationHandle;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  /** Someone was chosen, and stands in the text as `@name`. */
  mention(user: string, name: string): void;
}

/** The id of one offer's element, for `aria-activedescendant`. */
export const offerId = (list: string, index: number): string => `${list}-${index}`;

const NONE: readonly Offer[] = [];

const loadFinish = () => import('./finish.ts');

/** What completes the `@name` or `:shortcode` at the caret, and the keys that choose. */
export function useCompletion({ handle, field, text, mention }: CompletionOptions) {
  const { client, locale } = useInlay();
  const id = useId();
  /** Undefined while the field has no focus, or something is selected. */
  const [caret, setCaret] = useState<number | undefined>(undefined);
  /** The token that is not to be completed, as the person closed the list or has chosen, and what goes on from it. */
  const [done, setDone] = useState<Pick<Token, 'start' | 'query'> | undefined>(undefined);
  const [moved, setMoved] = useState({ of: '', index: 0 });
  const found = caret === undefined || caret > text.length ? undefined : tokenAt(text, caret);
  const token = isDone(found, done) ? undefined : found;
  const of = `${token?.kind} ${token?.start} ${token?.query}`;
  /** What the list, which is loaded with the first token, has for which token. */
  const [listed, setListed] = useState({ of: '', offers: NONE });
  const offered = useCallback((offers: readonly Offer[]) => setListed({ of, offers }), [of]);
  const offers = token !== undefined && listed.of === of ? listed.offers : NONE;
  const active = moved.of === of ? Math.min(moved.index, offers.length - 1) : 0;

  /** To be called whenever the caret may have moved. */
  const look = () => {
    const { current } = field;
    if (current === null) return;
    const { value, selectionStart, selectionEnd } = current;
    const at = selectionStart === selectionEnd ? selectionStart : undefined;
    setCaret(at);
    if (at === undefined || !isDone(tokenAt(value, at), done)) setDone(undefined);
  };
  const take = (offer: Offer | undefined) => {
    if (offer === undefined || token === undefined || field.current === null) return;
    if (offer.person) mention(offer.person.id, offer.person.name);
    else
      loadFinish()
        .then(({ remember }) => remember(offer.text))
        .catch(() => {});
    setDone({ start: token.start, query: offer.text.slice(1) });
    typeInto(field.current, completing(text, token, offer.text));
  };
  /** Gives whether the key was meant for the list. */
  const key = (event: KeyboardEvent): boolean => {
    if (offers.length === 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setMoved({ of, index: (active + step + offers.length) % offers.length });
    else if (event.key === 'Enter' || event.key === 'Tab') take(offers[active]);
    else if (event.key === 'Escape') setDone(token);
    else return false;
    event.preventDefault();
    return true;
  };
  const typed = () => {
    look();
    const { current } = field;
    if (current === null) return;
    const { value } = current;
    const shortcode = shortcodeAt(value, current.selectionStart);
    // An emoji of the app goes before what others call so.
    if (shortcode === undefined || client.emoji.all.get().has(shortcode.query)) return;
    // What cannot be fetched stays as it was typed.
    loadFinish()
      .then(({ finish }) => finish({ field: current, value, shortcode, locale }))
      .catch(() => {});
  };
  const leave = () => setCaret(undefined);
  return { id, handle, token, offers, offered, active, look, typed, take, key, leave };
}

export type Completion = ReturnType<typeof useCompletion>;
