import { LIMITS } from '@inlay-im/protocol/rules';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { Field } from '../primitives/field.tsx';
import { given } from './account-form.tsx';
import { Form } from './form.tsx';

/** An anonymous visitor. */
export function GuestForm({ focusFirst }: { focusFirst: boolean }) {
  const { client, t } = useInlay();
  const [name, setName] = useState('');
  return (
    <Form
      label={t('signIn.guestSubmit')}
      refused={t('signIn.refusedGuest')}
      run={() => client.signIn({ guest: true, ...given(name) })}
      focusFirst={focusFirst}
    >
      {(problem) => (
        <>
          <p className="inlay-hint">{t('signIn.guestHint')}</p>
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
        </>
      )}
    </Form>
  );
}
