/** @jsxImportSource preact */
import type { User } from '@inlay-im/protocol';
import { useState } from 'preact/hooks';
import { show } from '../address.ts';
import { nameOf, useAround, usePresence, useStore, useTick } from '../hooks.ts';
import { Avatar } from './avatar.tsx';
import { ConversationRow } from './conversation-row.tsx';
import { Dialog } from './dialog.tsx';
import { Icon } from './icons.tsx';
import { Menu } from './menu.tsx';
import { NewConversation } from './new-conversation.tsx';
import { LocaleChoice } from './sign-in.tsx';

const MINUTE = 60_000;
/** Whose presence is followed: a list may be longer than what a session may follow. */
const FOLLOWED = 100;

function SignOut({ onClose }: { onClose(): void }) {
  const { client, t } = useAround();
  const signOut = () => {
    onClose();
    show(undefined);
    void client.signOut();
  };
  return (
    <Dialog title={t('list.signOut')} onClose={onClose}>
      <p>{t('list.signOutSure')}</p>
      <div class="buttons">
        <button type="button" onClick={onClose}>
          {t('app.cancel')}
        </button>
        <button type="button" class="primary danger" onClick={signOut}>
          {t('list.signOut')}
        </button>
      </div>
    </Dialog>
  );
}

/** My conversations, and what I may begin. */
export function Sidebar({ me, open }: { me: User; open: string | undefined }) {
  const { client, t } = useAround();
  const { items, archived } = useStore(client.conversations);
  const [dialog, setDialog] = useState<'new' | 'signOut' | undefined>(undefined);
  const [withArchived, setWithArchived] = useState(false);
  const now = useTick(MINUTE);
  const shown = withArchived ? [...items, ...archived] : items;
  const peers = shown.slice(0, FOLLOWED).flatMap((c) => (c.peer && c.peer.id !== me.id ? [c.peer.id] : []));
  const presence = usePresence(peers);
  const close = () => setDialog(undefined);
  const head = (
    <>
      <p>{t('list.signedInAs', { name: `${nameOf(me, me.id)} (${me.id})` })}</p>
      <LocaleChoice />
    </>
  );
  return (
    <nav class="sidebar" aria-label={t('list.title')}>
      <header>
        <Avatar id={me.id} name={nameOf(me, me.id)} />
        <h1>{nameOf(me, me.id)}</h1>
        <button type="button" class="round" aria-label={t('list.new')} onClick={() => setDialog('new')}>
          <Icon name="plus" />
        </button>
        <Menu
          label={t('list.menu')}
          head={head}
          items={[{ label: t('list.signOut'), danger: true, run: () => setDialog('signOut') }]}
        />
      </header>
      <div class="scroll">
        {shown.length === 0 && (
          <div class="empty">
            <p>{t('list.empty')}</p>
            <p>{t('list.emptyHint')}</p>
            <button type="button" class="primary" onClick={() => setDialog('new')}>
              {t('list.new')}
            </button>
          </div>
        )}
        {shown.length > 0 && (
          <ul>
            {shown.map((conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                me={me.id}
                current={conversation.id === open}
                presence={presence.get(conversation.peer?.id ?? '')?.state}
                now={now}
              />
            ))}
          </ul>
        )}
        {archived.length > 0 && (
          <button
            type="button"
            class="link archived"
            aria-expanded={withArchived}
            onClick={() => setWithArchived(!withArchived)}
          >
            {t('list.archived', { count: archived.length })}
          </button>
        )}
      </div>
      {dialog === 'new' && <NewConversation onClose={close} />}
      {dialog === 'signOut' && <SignOut onClose={close} />}
    </nav>
  );
}
