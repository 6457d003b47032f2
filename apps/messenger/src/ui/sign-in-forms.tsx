/** @jsxImportSource preact */
import { LIMITS } from '@inlay-im/protocol/rules';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useAround } from '../hooks.ts';
import { Field } from './field.tsx';
import type { Attempt } from './sign-in.tsx';

interface FormProps {
  attempt: Attempt;
}

const given = (name: string): { name?: string } => (name.trim() === '' ? {} : { name: name.trim() });

function Form(props: {
  attempt: Attempt;
  label: string;
  submit(): Promise<void>;
  children: ComponentChildren;
}) {
  const { t } = useAround();
  const { attempt, label, submit, children } = props;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        attempt.run(submit);
      }}
    >
      {children}
      <button type="submit" class="primary" disabled={attempt.busy}>
        {attempt.busy ? t('signIn.busy') : label}
      </button>
    </form>
  );
}

/** User name and password, of an account that exists or a new one. */
export function PasswordForm({ attempt }: FormProps) {
  const { client, t } = useAround();
  const [fresh, setFresh] = useState(false);
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [name, setName] = useState('');
  const submit = () =>
    fresh ? client.signUp({ username, password, ...given(name) }) : client.signIn({ username, password });
  return (
    <Form attempt={attempt} label={t(fresh ? 'signIn.signUp' : 'signIn.submit')} submit={submit}>
      <Field
        label={t('signIn.username')}
        value={username}
        onValue={setUsername}
        autocomplete="username"
        required
      />
      <Field
        label={t('signIn.password')}
        value={password}
        onValue={setPassword}
        type="password"
        autocomplete={fresh ? 'new-password' : 'current-password'}
        hint={fresh ? t('signIn.passwordHint', { min: LIMITS.passwordMin }) : undefined}
        minLength={fresh ? LIMITS.passwordMin : 1}
        required
      />
      {fresh && (
        <Field
          label={t('signIn.nameOptional')}
          value={name}
          onValue={setName}
          autocomplete="name"
          maxLength={LIMITS.name}
        />
      )}
      <button type="button" class="link" onClick={() => setFresh(!fresh)}>
        {t(fresh ? 'signIn.toSignIn' : 'signIn.toSignUp')}
      </button>
    </Form>
  );
}

const addressOf = (text: string) =>
  text.includes('@')
    ? { channel: 'email' as const, email: text.trim() }
    : { channel: 'phone' as const, phone: text.replace(/[\s()-]/g, '') };

/** A one-time code to a phone or an e-mail address. */
export function CodeForm({ attempt }: FormProps) {
  const { client, locale, t } = useAround();
  const [address, setAddress] = useState('');
  const [ticket, setTicket] = useState<string | undefined>(undefined);
  const [code, setCode] = useState('');
  if (ticket === undefined) {
    const submit = async () => setTicket((await client.requestCode(addressOf(address), locale)).ticket);
    return (
      <Form attempt={attempt} label={t('signIn.sendCode')} submit={submit}>
        <Field
          label={t('signIn.address')}
          hint={t('signIn.addressHint')}
          value={address}
          onValue={setAddress}
          autocomplete="email"
          required
        />
      </Form>
    );
  }
  const submit = () => client.signIn({ ticket, code: code.trim() });
  return (
    <Form attempt={attempt} label={t('signIn.submit')} submit={submit}>
      <p role="status">{t('signIn.codeSent', { address })}</p>
      <Field
        label={t('signIn.codeLabel')}
        value={code}
        onValue={setCode}
        autocomplete="one-time-code"
        inputMode="numeric"
        pattern="\s*[0-9]{6}\s*"
        required
      />
      <button type="button" class="link" onClick={() => setTicket(undefined)}>
        {t('signIn.otherAddress')}
      </button>
    </Form>
  );
}

/** An anonymous visitor. */
export function GuestForm({ attempt }: FormProps) {
  const { client, t } = useAround();
  const [name, setName] = useState('');
  const submit = () => client.signIn({ guest: true, ...given(name) });
  return (
    <Form attempt={attempt} label={t('signIn.guestSubmit')} submit={submit}>
      <p>{t('signIn.guestHint')}</p>
      <Field
        label={t('signIn.nameOptional')}
        value={name}
        onValue={setName}
        autocomplete="name"
        maxLength={LIMITS.name}
      />
    </Form>
  );
}

/** A token that the host app's backend signed. */
export function TokenForm({ attempt }: FormProps) {
  const { client, t } = useAround();
  const [token, setToken] = useState('');
  const submit = () => client.signIn({ token: token.trim() });
  return (
    <Form attempt={attempt} label={t('signIn.submit')} submit={submit}>
      <Field
        label={t('signIn.tokenLabel')}
        hint={t('signIn.tokenHint')}
        value={token}
        onValue={setToken}
        autocomplete="off"
        required
      />
    </Form>
  );
}
