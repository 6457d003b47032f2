import { useInlay } from '../context.ts';
import { useSettings } from '../hooks/client.ts';
import type { Key } from '../i18n/index.ts';
import { Switch } from '../primitives/field.tsx';
import { Group } from './group.tsx';
import { type Permission, usePermission } from './use-permission.ts';

const HINTS: Record<Permission, Key> = {
  granted: 'me.notifyHint',
  default: 'me.notifyAsk',
  denied: 'me.notifyDenied',
  unsupported: 'me.notifyUnsupported',
};

/** What calls for attention on this device: notifications and sounds. */
export function Attention() {
  const { t } = useInlay();
  const [{ notifications, sounds }, change] = useSettings();
  const [permission, ask] = usePermission();
  const may = permission === 'granted' || permission === 'default';
  const set = async (on: boolean) => change({ notifications: on && (await ask()) });
  return (
    <Group title={t('me.notifications')}>
      <div className="block">
        <Switch
          label={t('me.notify')}
          hint={t(HINTS[permission])}
          on={notifications && permission === 'granted'}
          disabled={!may}
          onChange={(on) => void set(on)}
        />
      </div>
      <div className="block">
        <Switch
          label={t('me.sounds')}
          hint={t('me.soundsHint')}
          on={sounds}
          onChange={(on) => change({ sounds: on })}
        />
      </div>
    </Group>
  );
}
