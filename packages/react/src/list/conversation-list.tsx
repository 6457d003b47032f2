import type { ConversationView } from '@inlay-im/client';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { useConversations } from '../hooks/conversations.ts';
import { nameOf, useMe } from '../hooks/people.ts';
import type { Key } from '../i18n/index.ts';
import { useNavigation } from '../navigation.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Button, RoundButton } from '../primitives/button.tsx';
import { Empty } from '../primitives/empty.tsx';
import { Icon } from '../primitives/icon.tsx';
import { Segments } from '../primitives/segments.tsx';
import { Rows } from './rows.tsx';
import { ListSkeleton } from './skeleton.tsx';

type Filter = 'all' | 'unread' | 'groups' | 'archived';

const isFresh = ({ unread, self }: ConversationView): boolean => unread > 0 || self?.markedUnread === true;

const EMPTY: Record<Filter, readonly [title: Key, hint: Key]> = {
  all: ['list.empty', 'list.emptyHint'],
  unread: ['list.nothingUnread', 'list.nothingUnreadHint'],
  groups: ['list.noGroups', 'list.noGroupsHint'],
  archived: ['list.empty', 'list.emptyHint'],
};

function useShown(filter: Filter): readonly ConversationView[] {
  const { items, archived } = useConversations();
  if (filter === 'archived') return archived;
  if (filter === 'unread') return items.filter(isFresh);
  return filter === 'groups' ? items.filter(({ kind }) => kind !== 'direct') : items;
}

function Head() {
  const { t } = useInlay();
  const me = useMe();
  const { show, switcher } = useNavigation();
  const name = me === undefined ? '' : nameOf(me as Parameters<typeof nameOf>[0], me.id);
  return (
    <header>
      <button
        type="button"
        className="inlay-me-button"
        aria-label={t('list.me')}
        title={t('list.me')}
        onClick={() => show('me')}
      >
        <Avatar id={me?.id ?? ''} name={name} picture={me?.avatar} size="s" />
      </button>
      <h2>{t('list.title')}</h2>
      {switcher && <RoundButton icon="search" label={t('list.search')} onClick={switcher} />}
      <RoundButton icon="plus" label={t('list.new')} onClick={() => show('new')} />
    </header>
  );
}

/** My conversations, and what I may begin. */
export function ConversationList() {
  const { t, client } = useInlay();
  const { archived, items } = useConversations();
  const { show } = useNavigation();
  const [filter, setFilter] = useState<Filter>('all');
  const shown = useShown(filter);
  const fresh = archived.filter(isFresh).length;
  const [title, hint] = EMPTY[filter];
  const coming = items.length === 0 && archived.length === 0 && client.connection.get().state !== 'online';
  return (
    <nav className="inlay-pane inlay-list" aria-label={t('list.title')}>
      {filter === 'archived' ? (
        <header>
          <RoundButton icon="back" label={t('app.back')} onClick={() => setFilter('all')} />
          <h2>{t('list.archivedTitle')}</h2>
        </header>
      ) : (
        <Head />
      )}
      {filter !== 'archived' && items.length > 0 && (
        <div className="inlay-filters">
          <Segments<Filter>
            label={t('list.filter')}
            value={filter}
            onValue={setFilter}
            choices={[
              { value: 'all', label: t('list.all') },
              { value: 'unread', label: t('list.onlyUnread') },
              { value: 'groups', label: t('list.groups') },
            ]}
          />
        </div>
      )}
      {shown.length > 0 && <Rows key={filter} shown={shown} />}
      {shown.length === 0 &&
        (coming ? (
          <ListSkeleton label={t('app.loading')} />
        ) : (
          <Empty icon="chat" title={t(title)}>
            <p>{t(hint)}</p>
            {filter === 'all' && (
              <Button look="primary" icon="plus" onClick={() => show('new')}>
                {t('list.new')}
              </Button>
            )}
          </Empty>
        ))}
      {filter !== 'archived' && archived.length > 0 && (
        <button type="button" className="inlay-archived" onClick={() => setFilter('archived')}>
          <Icon name="archive" />
          <span>{t('list.archived', { count: archived.length })}</span>
          {fresh > 0 && (
            <span
              className="inlay-badge quiet"
              role="img"
              aria-label={t('list.archivedUnread', { count: fresh })}
            >
              {fresh}
            </span>
          )}
        </button>
      )}
    </nav>
  );
}
