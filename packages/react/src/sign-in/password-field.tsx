import { useState } from 'react';
import { useInlay } from '../context.ts';
import { RoundButton } from '../primitives/button.tsx';
import { Field, type FieldProps } from '../primitives/field.tsx';

/** A field for a password, which can be looked at. */
export function PasswordField(props: Omit<FieldProps, 'type'>) {
  const { t } = useInlay();
  const [shown, setShown] = useState(false);
  return (
    <div className="inlay-password">
      <Field {...props} type={shown ? 'text' : 'password'} />
      <RoundButton
        icon={shown ? 'hide' : 'eye'}
        label={t(shown ? 'signIn.conceal' : 'signIn.reveal')}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      />
    </div>
  );
}
