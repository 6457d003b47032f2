/** @jsxImportSource preact */
import type { ConversationHandle } from '@inlay-im/client';
import { useEffect, useState } from 'preact/hooks';
import { nameOf, useAround, useUser } from '../hooks.ts';
import { type Said, useText } from './texts.ts';

interface Quoted extends Said {
  sender: string | null;
}

export interface QuoteProps {
  handle: ConversationHandle;
  n: number;
  me: string;
  onJump?(n: number): void;
}

/** The message that another one answers; fetched where it is not loaded. */
export function Quote({ handle, n, me, onJump }: QuoteProps) {
  const { client, t } = useAround();
  const loaded = handle.timeline.messages().find((message) => message.n === n);
  const [fetched, setFetched] = useState<Quoted | undefined>(undefined);
  const missing = loaded === undefined;
  useEffect(() => {
    if (!missing) return;
    client.call('messages.get', { conversation: handle.id, n }).then(
      ({ message }) => setFetched(message),
      () => {},
    );
  }, [missing, n, handle]);
  const quoted: Quoted | undefined = loaded ?? fetched;
  const text = useText(quoted, me);
  const sender = useUser(quoted?.sender);
  const name =
    quoted?.sender === me ? t('timeline.you') : quoted?.sender ? nameOf(sender, quoted.sender) : '';
  const content = (
    <>
      <strong>{name}</strong>
      <span>{quoted === undefined ? t('timeline.gone') : text}</span>
    </>
  );
  if (onJump === undefined) return <div class="quote">{content}</div>;
  return (
    <button type="button" class="quote" onClick={() => onJump(n)}>
      {content}
    </button>
  );
}
