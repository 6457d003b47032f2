import { InlayError } from '@inlay-im/client';
import { LIMITS } from '@inlay-im/protocol/rules';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { useNow } from '../hooks/select.ts';
import { Button } from '../primitives/button.tsx';
import { Field } from '../primitives/field.tsx';
import { given } from './account-form.tsx';
import { addressOf, CODE_LENGTH, type CodeAddress, codeIn } from './checks.ts';
import { Form } from './form.tsx';

/** The longest that a person is made to wait for another code, in ms: the node's clock may be far from this one. */
const LONGEST_WAIT = 120_000;

export interface Answer {
  readonly ticket: string;
  readonly code: string;
  readonly name?: string;
}

export interface CodeFormProps {
  /** The word on the last button. */
  readonly label: string;
  /** What is said where the node takes no code. */
  readonly refused: string;
  run(answer: Answer): Promise<unknown>;
  readonly focusFirst: boolean;
  /** A name that the person has already is not asked for. */
  readonly withName?: boolean;
}

/** A code that is on its way. */
interface Sent {
  readonly to: CodeAddress;
  readonly ticket: string;
  /** From when another one may be asked for, by this device's clock. */
  readonly resendAt: number;
  readonly name: string;
}

function useRequest() {
  const { client, locale } = useInlay();
  return async (to: CodeAddress) => {
    const { ticket, resendAt } = await client.requestCode(to, locale === 'zh-CN' ? locale : 'en');
    return { to, ticket, resendAt: Math.min(resendAt, Date.now() + LONGEST_WAIT) };
  };
}

/** Asks for another code, once that is allowed. */
function Resend({ sent, onSent }: { sent: Sent; onSent(sent: Sent): void }) {
  const { t, locale, toast, attempt } = useInlay();
  const request = useRequest();
  const left = Math.ceil((sent.resendAt - useNow(1000)) / 1000);
  const seconds = new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'short' });
  const again = async () => {
    try {
      onSent({ ...sent, ...(await request(sent.to)) });
      toast({ text: t('signIn.resent') });
    } catch (error) {
      const wait = error instanceof InlayError ? error.retryAfter : undefined;
      if (wait !== undefined) return onSent({ ...sent, resendAt: Date.now() + wait });
      await attempt(Promise.reject(error));
    }
  };
  if (left > 0) return <p className="inlay-hint">{t('signIn.resendIn', { time: seconds.format(left) })}</p>;
  return (
    <Button look="plain" onClick={() => void again()}>
      {t('signIn.resend')}
    </Button>
  );
}

/** Takes the code; six digits are sent by themselves. */
function CodeStep(props: CodeFormProps & { sent: Sent; onSent(sent: Sent | undefined): void }) {
  const { t } = useInlay();
  const { label, refused, run, sent, onSent } = props;
  const [code, setCode] = useState('');
  const { ticket, to, name } = sent;
  const complete = code.length === CODE_LENGTH;
  return (
    <Form
      label={label}
      refused={refused}
      check={(): Record<string, string> => (complete ? {} : { code: t('signIn.codeShort') })}
      run={() => run({ ticket, code, ...given(name) })}
      focusFirst
      complete={complete ? code : ''}
      after={
        <div className="inlay-code-ways">
          <Resend sent={sent} onSent={onSent} />
          <Button look="plain" onClick={() => onSent(undefined)}>
            {t('signIn.otherAddress')}
          </Button>
        </div>
      }
    >
      {(problem) => (
        <>
          <p role="status">
            {t('signIn.codeSent', { address: to.channel === 'phone' ? to.phone : to.email })}
          </p>
          <div className="inlay-code">
            <Field
              label={t('signIn.codeLabel')}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onValue={(text) => setCode(codeIn(text))}
              problem={problem('code')}
              required
            />
          </div>
        </>
      )}
    </Form>
  );
}

/** A one-time code to a phone or an e-mail address, and what it is good for. */
export function CodeForm(props: CodeFormProps) {
  const { t } = useInlay();
  const request = useRequest();
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [sent, setSent] = useState<Sent | undefined>(undefined);
  const [wasSent, setWasSent] = useState(false);
  if (sent !== undefined) return <CodeStep {...props} sent={sent} onSent={setSent} />;
  const to = addressOf(address);
  return (
    <Form
      label={t('signIn.sendCode')}
      refused={t('signIn.refusedCode')}
      check={(): Record<string, string> => (to === undefined ? { address: t('signIn.badAddress') } : {})}
      run={async () => {
        if (to === undefined) return;
        setSent({ ...(await request(to)), name });
        setWasSent(true);
      }}
      focusFirst={props.focusFirst || wasSent}
    >
      {(problem) => (
        <>
          <Field
            label={t('signIn.address')}
            hint={problem('address') === '' ? t('signIn.addressHint') : undefined}
            name="address"
            inputMode="email"
            autoComplete="email"
            value={address}
            onValue={setAddress}
            problem={problem('address')}
            required
          />
          {props.withName !== false && (
            <Field
              label={t('signIn.nameNew')}
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
