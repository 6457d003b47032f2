import { LIMITS } from '@inlay-im/protocol/rules';
import { type ReactNode, useState } from 'react';
import { useInlay } from '../context.ts';
import type { Translate } from '../i18n/index.ts';
import { Field } from '../primitives/field.tsx';
import { isUsername } from './checks.ts';
import { Form } from './form.tsx';
import { PasswordField } from './password-field.tsx';
import type { Problems } from './problems.ts';

export interface Account {
  readonly username: string;
  readonly password: string;
  readonly name?: string;
}

export interface AccountFormProps {
  /** The word on its button. */
  readonly label: string;
  readonly refused: string;
  run(account: Account): Promise<unknown>;
  readonly focusFirst?: boolean;
  /** A name that the person has already is not asked for. */
  readonly withName?: boolean;
  readonly after?: ReactNode;
}

/** What is wrong with a new password. */
export const newPasswordProblem = (t: Translate, password: string): string | undefined =>
  password.length < LIMITS.passwordMin ? t('signIn.passwordShort', { min: LIMITS.passwordMin }) : undefined;

function checkAccount(t: Translate, { username, password }: Account): Problems {
  const short = newPasswordProblem(t, password);
  return {
    ...(isUsername(username) ? {} : { username: t('signIn.usernameHint') }),
    ...(short === undefined ? {} : { password: short }),
  };
}

/** A name to send, if one was given. */
export const given = (name: string): { name?: string } => (name.trim() === '' ? {} : { name: name.trim() });

/** A new account with user name and password. */
export function AccountForm({ label, refused, run, focusFirst, withName = true, after }: AccountFormProps) {
  const { t } = useInlay();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [name, setName] = useState('');
  const account = { username: username.trim(), password, ...given(name) };
  return (
    <Form
      label={label}
      refused={refused}
      check={() => checkAccount(t, account)}
      run={() => run(account)}
      focusFirst={focusFirst === true}
      after={after}
    >
      {(problem) => (
        <>
          <Field
            label={t('signIn.username')}
            name="username"
            autoComplete="username"
            value={username}
            onValue={setUsername}
            maxLength={LIMITS.username}
            problem={problem('username')}
            required
          />
          <PasswordField
            label={t('signIn.password')}
            name="password"
            autoComplete="new-password"
            hint={
              problem('password') === '' ? t('signIn.passwordHint', { min: LIMITS.passwordMin }) : undefined
            }
            value={password}
            onValue={setPassword}
            maxLength={LIMITS.password}
            problem={problem('password')}
            required
          />
          {withName && (
            <Field
              label={t('signIn.nameOptional')}
              name="name"
              autoComplete="name"
              autoCapitalize="words"
              value={name}
              onValue={setName}
              maxLength={LIMITS.name}
              problem={problem('name')}
            />
          )}
        </>
      )}
    </Form>
  );
}
