/** @jsxImportSource preact */
import type { ConnectionState } from '@inlay-im/client';
import { useEffect, useState } from 'preact/hooks';
import { useAround, useStore } from '../hooks.ts';
import type { Key } from '../i18n/index.ts';
import { Icon } from './icons.tsx';

/** A connection that comes at once is not worth a word, so that opening the page does not flicker. */
const PATIENCE = 1200;

const TEXTS: Partial<Record<ConnectionState['state'], Key>> = {
  offline: 'connection.offline',
  connecting: 'connection.connecting',
  waiting: 'connection.waiting',
  syncing: 'connection.syncing',
};

/** Says that there is no connection, once that has lasted for a moment. */
export function ConnectionBanner() {
  const { client, t } = useAround();
  const { state } = useStore(client.connection);
  const [late, setLate] = useState(false);
  const online = state === 'online' || state === 'signedOut';
  useEffect(() => {
    if (online) return setLate(false);
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [online]);
  const text = TEXTS[state];
  return (
    <div class="banner" role="status" data-state={state}>
      {late && text !== undefined && (
        <p>
          <Icon name="offline" /> {t(text)}
        </p>
      )}
    </div>
  );
}
