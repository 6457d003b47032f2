import { isDirectId } from '@inlay-im/protocol/rules';
import { useEffect } from 'react';
import { useInlay } from '../context.ts';
import { useConnection } from './client.ts';
import { useConversation } from './conversations.ts';

/** Follows a channel that I am no member of, as long as the component is shown: only so what happens there is told. */
export function useWatched(id: string): void {
  const { client } = useInlay();
  const { info } = useConversation(id);
  const up = useConnection().state === 'online';
  const stranger = info === undefined ? !isDirectId(id) : info.self === null;
  useEffect(() => {
    if (!up || !stranger) return;
    const asked = { conversation: id };
    // There may be no such conversation, or none for me: then nothing is shown of it.
    client.call('conversations.watch', asked).catch(() => {});
    return () => void client.call('conversations.unwatch', asked).catch(() => {});
  }, [client, id, up, stranger]);
}
