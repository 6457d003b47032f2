/** @jsxImportSource preact */
import type { User } from '@inlay-im/protocol';
import { useEffect } from 'preact/hooks';
import { useAround, useStore } from '../hooks.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { ConversationPane } from './conversation-pane.tsx';
import { Sidebar } from './sidebar.tsx';

/** The list and the open conversation: side by side where there is room, else one of them. */
export function Messenger({ me, open }: { me: User; open: string | undefined }) {
  const { client, t } = useAround();
  const { unread } = useStore(client.conversations);
  useEffect(() => {
    document.title = unread.messages > 0 ? `(${unread.messages}) ${t('app.name')}` : t('app.name');
  }, [unread.messages, t]);
  return (
    <div class={open === undefined ? 'messenger' : 'messenger reading'}>
      <ConnectionBanner />
      <Sidebar me={me} open={open} />
      <main class="pane">
        {open === undefined ? (
          <p class="pick">{t('list.pick')}</p>
        ) : (
          <ConversationPane key={open} id={open} me={me.id} />
        )}
      </main>
    </div>
  );
}
