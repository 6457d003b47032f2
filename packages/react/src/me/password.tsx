import { LIMITS } from '@inlay-im/protocol/rules';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { Dialog } from '../primitives/dialog.tsx';
import { newPasswordProblem } from '../sign-in/account-form.tsx';
import { Form } from '../sign-in/form.tsx';
import { PasswordField } from '../sign-in/password-field.tsx';

/** Changes the password of an account; all other devices are signed out. */
export function ChangePassword({ onClose, onChanged }: { onClose(): void; onChanged(): void }) {
  const { t, client, toast } = useInlay();
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const check = () => {
    const short = newPasswordProblem(t, newPassword);
    return {
      ...(password === '' ? { password: t('signIn.required') } : {}),
      ...(short === undefined ? {} : { newPassword: short }),
    };
  };
  const run = async () => {
    await client.call('auth.changePassword', { password, newPassword });
    toast({ text: t('me.passwordChanged') });
    onChanged();
    onClose();
  };
  return (
    <Dialog title={t('me.password')} onClose={onClose}>
      <p className="inlay-hint">{t('me.passwordHint')}</p>
      <Form label={t('me.password')} check={check} run={run} refused={t('me.noPassword')} focusFirst>
        {(problem) => (
          <>
            <PasswordField
              label={t('me.passwordNow')}
              name="password"
              autoComplete="current-password"
              value={password}
              onValue={setPassword}
              maxLength={LIMITS.password}
              problem={problem('password')}
              required
            />
            <PasswordField
              label={t('me.passwordNew')}
              name="newPassword"
              autoComplete="new-password"
              hint={
                problem('newPassword') === ''
                  ? t('signIn.passwordHint', { min: LIMITS.passwordMin })
                  : undefined
              }
              value={newPassword}
              onValue={setNewPassword}
              maxLength={LIMITS.password}
              problem={problem('newPassword')}
              required
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}
