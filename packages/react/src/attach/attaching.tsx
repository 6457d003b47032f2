import type { ConversationHandle } from '@inlay-im/client';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import type { Composer } from '../hooks/composer.ts';
import { isTouch } from '../hooks/focus.ts';
import { later } from '../primitives/later.tsx';

/** Where files are looked at before they are sent. Loaded with the first ones. */
const Prepare = later(async () => (await import('./prepare.tsx')).Prepare);

const NONE: readonly File[] = [];

export interface AttachingOptions {
  readonly handle: ConversationHandle;
  readonly composer: Composer;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

/**
 * The way of files into a conversation: whatever was chosen, pasted or dropped comes to `onFiles`, and is prepared in
 * a dialog before it is sent.
 */
export function useAttaching({ handle, composer, field }: AttachingOptions) {
  const { t, toast } = useInlay();
  const [given, setGiven] = useState(NONE);
  const open = given.length > 0;
  const editing = composer.target?.to === 'edit';
  const onFiles = (files: readonly File[]) => {
    if (files.length === 0) return;
    if (editing) return toast({ text: t('attach.editing') });
    setGiven((before) => [...before, ...files]);
  };
  const before = useRef(open);
  useEffect(() => {
    const closed = before.current && !open;
    before.current = open;
    const { current } = field;
    if (!closed || current === null || isTouch()) return;
    current.focus({ preventScroll: true });
    // The text may be another one than it was when the caret was last in it.
    current.setSelectionRange(current.value.length, current.value.length);
  }, [open, field]);
  const dialog = open && (
    <Prepare
      handle={handle}
      given={given}
      composer={composer}
      onFiles={onFiles}
      onClose={() => setGiven(NONE)}
    />
  );
  return { onFiles, dialog };
}
