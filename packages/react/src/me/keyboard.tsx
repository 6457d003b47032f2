import { useState } from 'react';
import { isMac, Shortcuts } from '../around/shortcuts.tsx';
import { useInlay } from '../context.ts';
import { useSettings } from '../hooks/client.ts';
import { Switch } from '../primitives/field.tsx';
import { Group, PressRow } from './group.tsx';

/** What keys do. */
export function Keyboard() {
  const { t } = useInlay();
  const [{ enterSends }, change] = useSettings();
  const [shown, setShown] = useState(false);
  const hint = enterSends
    ? t('me.enterSendsHint', { keys: 'Shift + Enter' })
    : t('me.enterBreaksHint', { keys: isMac() ? '⌘ + Enter' : 'Ctrl + Enter' });
  return (
    <Group title={t('me.keyboard')}>
      <div className="block">
        <Switch
          label={t('me.enterSends')}
          hint={hint}
          on={enterSends}
          onChange={(on) => change({ enterSends: on })}
        />
      </div>
      <PressRow icon="keyboard" label={t('shortcut.title')} onPress={() => setShown(true)} />
      {shown && <Shortcuts onClose={() => setShown(false)} />}
    </Group>
  );
}
