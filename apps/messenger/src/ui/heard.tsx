/** @jsxImportSource preact */
import type { TimelineMessage } from '@inlay-im/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import { nameOf, useAround, useUser } from '../hooks.ts';
import { useText } from './texts.ts';

/** Reads out what others write while the conversation is open; what was there before stays unsaid. */
export function Heard({ message, me }: { message: TimelineMessage | undefined; me: string }) {
  const { t } = useAround();
  const text = useText(message, me);
  const sender = useUser(message?.sender);
  const opened = useRef(Date.now());
  const [said, setSaid] = useState('');
  const key = message?.key;
  useEffect(() => {
    if (message === undefined || message.sender === me || message.at < opened.current) return;
    const name = nameOf(sender, message.sender ?? '');
    setSaid(message.body?.kind === 'system' ? text : t('timeline.heard', { name, text }));
  }, [key]);
  return (
    <p class="unseen" aria-live="polite">
      {said}
    </p>
  );
}
