import type { ConversationHandle } from '@inlay-im/client';
import { useEffect, useState } from 'react';
import { useInlay } from '../context.ts';
import { nameOf, useMyId, useUser } from '../hooks/people.ts';
import { useStore } from '../hooks/store.ts';
import { Sign } from '../media/sign.tsx';
import { type Said, useText } from '../text/texts.ts';

interface Quoted extends Said {
  readonly sender: string | null;
}

export interface QuoteProps {
  readonly handle: ConversationHandle;
  readonly n: number;
  /** Goes to the message; without it the quote cannot be pressed. */
  onJump?(n: number): void;
}

/** The message of that number as the timeline shows it; undefined where it is not loaded. */
function useLoaded(handle: ConversationHandle, n: number): Quoted | undefined {
  const { timeline } = handle;
  const find = () => timeline.messages().find((message) => message.n === n);
  return useStore({ get: find, subscribe: timeline.subscribe });
}

/** Who wrote a message and what it says, in words; fetched where it is not loaded. */
export function useQuoted(handle: ConversationHandle, n: number) {
  const { client, t } = useInlay();
  const me = useMyId();
  const loaded = useLoaded(handle, n);
  const [fetched, setFetched] = useState<Quoted | null | undefined>(undefined);
  const missing = loaded === undefined;
  useEffect(() => {
    if (!missing) return;
    let wanted = true;
    client.call('messages.get', { conversation: handle.id, n }).then(
      ({ message }) => wanted && setFetched(message),
      () => wanted && setFetched(null),
    );
    return () => {
      wanted = false;
    };
  }, [missing, n, handle, client]);
  const quoted = loaded ?? fetched ?? undefined;
  const text = useText(quoted, me);
  const sender = useUser(quoted?.sender);
  const name =
    quoted?.sender === me ? t('timeline.you') : quoted?.sender ? nameOf(sender, quoted.sender) : '';
  return {
    name,
    body: quoted?.body,
    text: quoted !== undefined ? text : fetched === null ? t('timeline.gone') : '…',
  };
}

/** The message that another one answers. */
export function Quote({ handle, n, onJump }: QuoteProps) {
  const { name, body, text } = useQuoted(handle, n);
  const content = (
    <>
      <strong>{name}</strong>
      <span dir="auto">
        <Sign body={body} />
        {text}
      </span>
    </>
  );
  if (onJump === undefined) return <div className="inlay-quote">{content}</div>;
  return (
    <button type="button" className="inlay-quote" onClick={() => onJump(n)}>
      {content}
    </button>
  );
}
