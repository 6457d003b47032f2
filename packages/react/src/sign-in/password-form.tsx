import { LIMITS } from '@inlay-im/protocol/rules';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { Button } from '../primitives/button.tsx';
import { Field } from '../primitives/field.tsx';
import { AccountForm } from './account-form.tsx';
import { Form } from './form.tsx';
import { PasswordField } from './password-field.tsx';

/** User name and password of an account that is there. */
function KnownForm({ focusFirst, onFresh }: { focusFirst: boolean; onFresh(): void }) {
  const { client, t } = useInlay();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const check = () => ({
    ...(username.trim() === '' ? { username: t('signIn.required') } : {}),
    ...(password === '' ? { password: t('signIn.required') } : {}),
  });
  return (
    <Form
      label={t('signIn.submit')}
      check={check}
      run={() => client.signIn({ username: username.trim(), password })}
      focusFirst={focusFirst}
      after={
        <Button look="plain" onClick={onFresh}>
          {t('signIn.toSignUp')}
        </Button>
      }
    >
      {(problem) => (
        <>
          <Field
            label={t('signIn.username')}
            name="username"
            autoComplete="username"
            value={username}
            onValue={setUsername}
            problem={problem('username')}
            required
          />
          <PasswordField
            label={t('signIn.password')}
            name="password"
            autoComplete="current-password"
            value={password}
            onValue={setPassword}
            maxLength={LIMITS.password}
            problem={problem('password')}
            required
          />
        </>
      )}
    </Form>
  );
}

/** User name and password, of an account that is there or a new one. */
export function PasswordForm({ focusFirst }: { focusFirst: boolean }) {
  const { client, t } = useInlay();
  const [fresh, setFresh] = useState<boolean | undefined>(undefined);
  if (fresh !== true) {
    return <KnownForm focusFirst={focusFirst || fresh === false} onFresh={() => setFresh(true)} />;
  }
  return (
    <AccountForm
      label={t('signIn.signUp')}
      refused={t('signIn.refusedSignUp')}
      run={(account) => client.signUp(account)}
      focusFirst
      after={
        <Button look="plain" onClick={() => setFresh(false)}>
          {t('signIn.toSignIn')}
        </Button>
      }
    />
  );
}
