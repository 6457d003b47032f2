import type { ConversationHandle } from '@inlay-im/client';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import type { Key } from '../i18n/index.ts';
import { Button } from '../primitives/button.tsx';
import type { Barred } from './standing.ts';

const WORDS: Readonly<Record<Barred, Key>> = {
  join: 'composer.join',
  admins: 'composer.readOnly',
  gone: 'composer.gone',
};

/** In the composer's place where I may not write: why, and the way to join where there is one. */
export function BarredBar({ handle, barred }: { handle: ConversationHandle; barred: Barred }) {
  const { t, attempt } = useInlay();
  const [joining, setJoining] = useState(false);
  const join = async () => {
    setJoining(true);
    await attempt(handle.join());
    setJoining(false);
  };
  return (
    <div className="inlay-composer barred">
      <p>{t(WORDS[barred])}</p>
      {barred === 'join' && (
        <Button look="primary" icon="plus" disabled={joining} onClick={() => void join()}>
          {t('info.join')}
        </Button>
      )}
    </div>
  );
}
