import type { Me } from '@inlay-im/protocol';
import { useId, useState } from 'react';
import { useInlay } from '../context.ts';
import { useMe } from '../hooks/people.ts';
import { Group } from './group.tsx';

type Visibility = Me['presenceVisibility'];

const CHOICES: readonly Visibility[] = ['everyone', 'contacts', 'nobody'];

/** Who sees whether I am here. */
export function PresenceChoice() {
  const { t, client, attempt } = useInlay();
  const me = useMe();
  const name = useId();
  /** What was pressed and is not confirmed yet. */
  const [wanted, setWanted] = useState<Visibility | undefined>(undefined);
  const kept = me !== undefined && 'presenceVisibility' in me ? me.presenceVisibility : undefined;
  const choose = async (presenceVisibility: Visibility) => {
    setWanted(presenceVisibility);
    await attempt(client.call('users.update', { presenceVisibility }));
    setWanted(undefined);
  };
  return (
    <Group title={t('me.privacy')} note={t('me.presenceNote')}>
      <fieldset className="choices">
        <legend>{t('me.presence')}</legend>
        {CHOICES.map((choice) => (
          <label key={choice} className="row">
            <input
              type="radio"
              name={name}
              checked={(wanted ?? kept) === choice}
              disabled={kept === undefined}
              onChange={() => void choose(choice)}
            />
            <span className="words">
              {t(`me.${choice}`)}
              <small>{t(`me.${choice}Hint`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
    </Group>
  );
}
