import type { ConnectionState } from '@inlay-im/client';
import { useEffect, useState } from 'react';
import { useInlay } from '../context.ts';
import { useConnection } from '../hooks/client.ts';
import { useNow } from '../hooks/select.ts';
import type { Key } from '../i18n/index.ts';
import { Icon } from '../primitives/icon.tsx';
import { reasonOf } from '../text/errors.ts';

/** A connection that comes at once is not worth a word, so that opening the page does not flicker. */
const PATIENCE = 1200;

const TEXTS: Partial<Record<ConnectionState['state'], Key>> = {
  offline: 'connection.offline',
  connecting: 'connection.connecting',
  syncing: 'connection.syncing',
};

/** Counts down to the next attempt. */
function Countdown({ retryAt }: { retryAt: number }) {
  const { t, locale } = useInlay();
  const left = Math.max(1, Math.ceil((retryAt - useNow(1000)) / 1000));
  const seconds = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'short' });
  return t('connection.retryIn', { time: seconds.format(left) });
}

/** Between attempts. What is read out stays the same, so that it is said once; what is seen counts down. */
function Trying({ retryAt }: { retryAt: number | null }) {
  const { t, client } = useInlay();
  return (
    <>
      <span className="inlay-unseen">{t('connection.waiting')}</span>
      <span aria-hidden="true">
        {retryAt === null ? t('connection.waiting') : <Countdown retryAt={retryAt} />}
      </span>
      {retryAt !== null && (
        <button type="button" onClick={() => void client.connect().catch(() => {})}>
          {t('connection.tryNow')}
        </button>
      )}
    </>
  );
}

function Said({ connection, tried }: { connection: ConnectionState; tried: boolean }) {
  const { t } = useInlay();
  const { state, retryAt, error } = connection;
  if (retryAt !== null || (tried && state === 'connecting')) return <Trying retryAt={retryAt} />;
  if (error !== undefined) return <span>{t('connection.stopped', { reason: reasonOf(t, error) })}</span>;
  const text = TEXTS[state];
  return text === undefined ? null : <span>{t(text)}</span>;
}

/**
 * Says that there is no connection, once that has lasted for a moment. It lies over what is below it, so that nothing
 * moves when it comes and goes. Its `data-state` is the connection's, at all times.
 */
export function ConnectionBanner() {
  const connection = useConnection();
  const { state } = connection;
  const [late, setLate] = useState(false);
  /** Whether an attempt failed since there was a connection. */
  const [tried, setTried] = useState(false);
  const up = state === 'online' || state === 'signedOut';
  useEffect(() => {
    if (up) return setLate(false);
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [up]);
  useEffect(() => {
    if (up || state === 'waiting') setTried(!up);
  }, [up, state]);
  return (
    <div className="inlay-banner" role="status" data-state={state}>
      {late && !up && (
        <p>
          <Icon name={state === 'offline' || state === 'waiting' || tried ? 'offline' : 'clock'} />
          <Said connection={connection} tried={tried} />
        </p>
      )}
    </div>
  );
}
