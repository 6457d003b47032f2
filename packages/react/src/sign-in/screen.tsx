import { type ReactNode, useState } from 'react';
import { useInlay } from '../context.ts';
import { useConnection } from '../hooks/client.ts';
import { Icon } from '../primitives/icon.tsx';
import { Segments } from '../primitives/segments.tsx';
import { AppHead } from './app-head.tsx';
import { CodeForm } from './code-form.tsx';
import { GuestForm } from './guest-form.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { PasswordForm } from './password-form.tsx';
import type { SignInProps, SignInWay } from './sign-in.tsx';
import { TokenForm } from './token-form.tsx';

const WAYS: readonly SignInWay[] = ['password', 'code', 'guest', 'token'];

function CodeWay({ focusFirst }: { focusFirst: boolean }) {
  const { client, t } = useInlay();
  return (
    <CodeForm
      label={t('signIn.submit')}
      refused={t('signIn.refusedSignUp')}
      run={(answer) => client.signIn(answer)}
      focusFirst={focusFirst}
    />
  );
}

const FORMS: Record<SignInWay, (props: { focusFirst: boolean }) => ReactNode> = {
  password: PasswordForm,
  code: CodeWay,
  guest: GuestForm,
  token: TokenForm,
};

/** Says why the person stands here again, where that was not their own doing. */
function Ended() {
  const { t } = useInlay();
  const { state } = useConnection();
  return (
    <p className="ended" role="status" hidden={state !== 'signedOut'}>
      <Icon name="info" />
      {t('error.signed_out')}
    </p>
  );
}

/** The ways in, one at a time. */
export function SignInScreen({ ways = WAYS, autoFocus = false }: SignInProps) {
  const { t } = useInlay();
  const [way, setWay] = useState<SignInWay>(ways[0] ?? 'password');
  const [changed, setChanged] = useState(false);
  const Way = FORMS[way];
  return (
    <>
      <div className="card">
        <AppHead />
        <Ended />
        {ways.length > 1 && (
          <Segments
            label={t('signIn.ways')}
            value={way}
            choices={ways.map((value) => ({ value, label: t(`signIn.${value}`) }))}
            onValue={(chosen) => {
              setWay(chosen);
              setChanged(true);
            }}
          />
        )}
        <Way key={way} focusFirst={autoFocus && !changed} />
      </div>
      <LanguageChoice icon="globe" />
    </>
  );
}
