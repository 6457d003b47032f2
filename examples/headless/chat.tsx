import {
  peerOf,
  useClient,
  useConversation,
  useConversations,
  useMe,
  usePresence,
  useTitle,
  useTyping,
  useUnread,
} from '@inlay-im/react/hooks';
import { type FormEvent, useState } from 'react';
import { Messages } from './messages.tsx';
import { Write } from './write.tsx';

function Row({ id, onOpen }: { id: string; onOpen(id: string): void }) {
  const me = useMe()?.id ?? '';
  const { info } = useConversation(id);
  const title = useTitle(id, info);
  const peer = peerOf(id, me);
  const presence = usePresence(peer === undefined ? [] : [peer]).get(peer ?? '');
  return (
    <li>
      <button type="button" onClick={() => onOpen(id)}>
        {title} {presence?.state === 'online' && <small>here</small>}{' '}
        {info !== undefined && info.unread > 0 && <b>{info.unread}</b>}
      </button>
    </li>
  );
}

/** Begins a conversation with someone whose id is known. */
function Begin({ onOpen }: { onOpen(id: string): void }) {
  const client = useClient();
  const [user, setUser] = useState('');
  const begin = (event: FormEvent) => {
    event.preventDefault();
    if (user !== '') onOpen(client.direct(user).id);
    setUser('');
  };
  return (
    <form onSubmit={begin}>
      <input aria-label="User id" value={user} onChange={(event) => setUser(event.target.value)} />
      <button type="submit">Write to</button>
    </form>
  );
}

function Open({ id }: { id: string }) {
  const { info } = useConversation(id);
  const title = useTitle(id, info);
  const typing = useTyping(id);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <Messages id={id} />
      <p role="status">{typing.length > 0 && 'typing…'}</p>
      <Write id={id} />
    </section>
  );
}

/** A messenger of the app's own, on the same hooks as the kit's. */
export function Chat() {
  const me = useMe();
  const { items } = useConversations();
  const unread = useUnread();
  const [open, setOpen] = useState<string | undefined>(undefined);
  if (me === undefined) return <p>Connecting…</p>;
  return (
    <main>
      <nav>
        <h1>
          {me.name ?? me.id}, {unread.messages} unread
        </h1>
        <ul>
          {items.map(({ id }) => (
            <Row key={id} id={id} onOpen={setOpen} />
          ))}
        </ul>
        <Begin onOpen={setOpen} />
      </nav>
      {open !== undefined && <Open key={open} id={open} />}
    </main>
  );
}
