import type { ConversationHandle } from '@inlay-im/client';
import { type RefObject, useEffect, useRef } from 'react';
import { useInlay } from '../context.ts';
import type { Composer } from '../hooks/composer.ts';
import { isTouch } from '../hooks/focus.ts';
import { useStore } from '../hooks/store.ts';
import { onUse } from '../primitives/later.tsx';
import { type Held, recordingsOf } from './recordings.ts';

export interface VoiceOptions {
  readonly handle: ConversationHandle;
  readonly composer: Composer;
  /** Everything around the field, and the field, which gives way to what is recorded. */
  readonly root: RefObject<HTMLElement | null>;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/** The focus goes from the field to the button that sends what is recorded, and back. */
function useFocusOf(held: Held | undefined, { root, field }: Pick<VoiceOptions, 'root' | 'field'>): void {
  const before = useRef(held);
  useEffect(() => {
    const was = before.current;
    before.current = held;
    if (was === undefined && held !== undefined)
      root.current?.querySelector<HTMLElement>('button.send')?.focus({ preventScroll: true });
    if (was !== undefined && held === undefined && !isTouch()) field.current?.focus({ preventScroll: true });
  }, [held, root, field]);
}

/** Whoever is in the conversation leaves it, and what is recorded stays. */
function useKeeping(held: Held | undefined): void {
  const latest = useRef(held);
  latest.current = held;
  useEffect(() => () => latest.current?.leave(), []);
}

/** Recording voice messages in a conversation: the one that is going on here, and the ways to begin and end one. */
export function useVoice({ handle, composer, ...places }: VoiceOptions) {
  const kit = useInlay();
  const any = useStore(recordingsOf(kit.client));
  const held = any?.recording.conversation === handle.id ? any : undefined;
  useKeeping(held);
  useFocusOf(held, places);
  return {
    held,
    /** Begins; `isHeld` tells whether a finger still holds the button once all is loaded. */
    start: (isHeld: () => boolean) =>
      void onUse(() => import('./held.ts'))
        .then(({ begin }) => begin(kit, handle.id, isHeld))
        .catch(() => kit.toast({ text: kit.t('app.notLoaded'), kind: 'error' })),
    send: () => held?.send(composer),
    discard: () => held?.discard(kit),
    drop: () => held?.drop(),
  };
}

export type Voice = ReturnType<typeof useVoice>;
