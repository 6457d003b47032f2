/** A messenger that counts how often each message's body and each row of the list is rendered. */
import { createClient } from '@inlay-im/client';
import { ConversationList, Inlay, type MessageBodyProps, Timeline } from '@inlay-im/react';
import '@inlay-im/react/styles.css';
import { createRoot } from 'react-dom/client';

const counts: Record<string, number> = {};
Object.assign(globalThis, { counts });

function Counted({ message, text }: MessageBodyProps) {
  counts[text] = (counts[text] ?? 0) + 1;
  return <span data-id={message.key}>{text}</span>;
}

const asked = new URLSearchParams(location.search);
const client = createClient({ url: asked.get('url') ?? '' });
await client.signIn({ token: asked.get('token') ?? '' });
createRoot(document.getElementById('app') as HTMLElement).render(
  <Inlay client={client} locale="en" components={{ MessageBody: Counted }}>
    <div style={{ display: 'grid', gridTemplateColumns: '20em 1fr', height: '100%' }}>
      <ConversationList />
      <Timeline id={asked.get('conversation') ?? ''} />
    </div>
  </Inlay>,
);
