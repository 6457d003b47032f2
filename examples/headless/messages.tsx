import { useConversation, useMe, useMessage, useTimeline } from '@inlay-im/react/hooks';
import { useEffect } from 'react';

type View = ReturnType<typeof useTimeline>;

function Message({ timeline, id }: { timeline: View['timeline']; id: string }) {
  const message = useMessage(timeline, id);
  const me = useMe();
  if (message === undefined) return null;
  const text = message.body?.kind === 'text' ? message.body.text : '…';
  return (
    <li className={message.sender === me?.id ? 'mine' : ''} data-state={message.state}>
      {text}
    </li>
  );
}

export function Messages({ id }: { id: string }) {
  const { handle, info } = useConversation(id);
  const { timeline, keys, hasBefore } = useTimeline(id);
  const lastN = info?.lastN ?? 0;
  useEffect(() => {
    if (lastN > 0) handle.markRead(lastN);
  }, [handle, lastN]);
  return (
    <>
      {hasBefore && (
        <button type="button" onClick={() => void timeline.loadBefore()}>
          Earlier
        </button>
      )}
      <ol>
        {keys.map((key) => (
          <Message key={key} timeline={timeline} id={key} />
        ))}
      </ol>
    </>
  );
}
