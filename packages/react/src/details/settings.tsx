import type { InfoChange } from '@inlay-im/client';
import { useInlay } from '../context.ts';
import { Segments } from '../primitives/segments.tsx';
import type { PartProps } from './mine.tsx';

/** What admins and the owner decide for everyone. */
export function GroupSettings({ handle, info }: PartProps) {
  const { t, attempt } = useInlay();
  const set = (change: InfoChange) => void attempt(handle.update(change));
  return (
    <section className="part">
      <h4>{t('info.settings')}</h4>
      <div className="setting">
        <p>{t('info.history')}</p>
        <Segments
          label={t('info.history')}
          value={info.history}
          onValue={(history) => history !== info.history && set({ history })}
          choices={[
            { value: 'start', label: t('info.historyStart') },
            { value: 'joined', label: t('info.historyJoined') },
          ]}
        />
      </div>
      <div className="setting">
        <p>{t('info.posting')}</p>
        <Segments
          label={t('info.posting')}
          value={info.posting}
          onValue={(posting) => posting !== info.posting && set({ posting })}
          choices={[
            { value: 'everyone', label: t('info.postingEveryone') },
            { value: 'admins', label: t('info.postingAdmins') },
          ]}
        />
      </div>
    </section>
  );
}
