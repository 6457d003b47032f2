import type { ConversationHandle } from '@inlay-im/client';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { useInlay } from '../context.ts';
import { loadEmojis } from '../emoji/load.ts';
import { emojiMemory } from '../emoji/memory.ts';
import { typeInto } from './insert.ts';
import { completing, isDone, shortcodeAt, type Token, tokenAt } from './token.ts';
import { type Offer, useOffers } from './use-offers.ts';

export interface CompletionOptions {
  readonly handle: ConversationHandle;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  /** Someone was chosen, and stands in the text as `@name`. */
  mention(user: string, name: string): void;
}

interface Finishing {
  readonly locale: string;
  /** Whether the app has an emoji of its own of this name, which goes before what others call so. */
  own(name: string): boolean;
}

/** Puts the emoji in the place of a `:shortcode:` of which the last sign was just typed. */
async function finishShortcode(field: HTMLTextAreaElement, { locale, own }: Finishing): Promise<void> {
  const { value, selectionStart: caret } = field;
  const token = shortcodeAt(value, caret);
  if (token === undefined || own(token.query)) return;
  const [emojis, { byShortcode }, { toned }] = await Promise.all([
    loadEmojis(locale),
    import('../emoji/search.ts'),
    import('../emoji/emojis.ts'),
  ]);
  const emoji = byShortcode(emojis, token.query);
  // Meanwhile the person may have typed on: then it stays as it was typed.
  if (emoji === undefined || field.value !== value || field.selectionStart !== caret) return;
  const chosen = toned(emoji, emojiMemory().get().tone);
  emojiMemory().used(chosen);
  typeInto(field, { ...token, text: chosen });
}

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
  const offers = useOffers(handle, token);
  const of = `${token?.kind} ${token?.start} ${token?.query}`;
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
    else emojiMemory().used(offer.text);
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
    // What cannot be fetched stays as it was typed.
    const own = (name: string) => client.emoji.all.get().has(name);
    if (field.current) finishShortcode(field.current, { locale, own }).catch(() => {});
  };
  return { id, kind: token?.kind, offers, active, look, typed, take, key, leave: () => setCaret(undefined) };
}

export type Completion = ReturnType<typeof useCompletion>;
