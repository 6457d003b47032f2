import { useState } from 'react';
import { useInlay } from '../context.ts';
import { useMe } from '../hooks/people.ts';
import { useNavigation } from '../navigation.ts';
import { Group, PressRow } from './group.tsx';
import { OfApp } from './of-app.tsx';
import { ChangePassword } from './password.tsx';

/** Password, installing, signing out. `onSignedOut`: other devices were signed out. */
export function AccountRows({
  install,
  onSignedOut,
}: {
  install: (() => void) | undefined;
  onSignedOut(): void;
}) {
  const { t, client, confirm } = useInlay();
  const { back } = useNavigation();
  const me = useMe();
  const [changing, setChanging] = useState(false);
  const leave = async () => {
    const text = t('list.signOutSure');
    const question = {
      title: t('list.signOut'),
      text: me?.kind === 'guest' ? `${t('me.guestHint')} ${text}` : text,
      confirm: t('list.signOut'),
      danger: true,
    };
    if (!(await confirm(question))) return;
    back();
    await client.signOut();
  };
  return (
    <Group title={t('me.account')}>
      <OfApp />
      {me?.kind === 'own' && (
        <PressRow icon="key" label={t('me.password')} onPress={() => setChanging(true)} />
      )}
      {install && (
        <PressRow icon="download" label={t('me.install')} hint={t('me.installHint')} onPress={install} />
      )}
      <PressRow icon="leave" label={t('list.signOut')} danger onPress={() => void leave()} />
      {changing && <ChangePassword onChanged={onSignedOut} onClose={() => setChanging(false)} />}
    </Group>
  );
}
