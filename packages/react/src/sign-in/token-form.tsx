import { useState } from 'react';
import { useInlay } from '../context.ts';
import { Field } from '../primitives/field.tsx';
import { Form } from './form.tsx';

/** A token that the host app's backend signed. */
export function TokenForm({ focusFirst }: { focusFirst: boolean }) {
  const { client, t } = useInlay();
  const [token, setToken] = useState('');
  return (
    <Form
      label={t('signIn.submit')}
      check={(): Record<string, string> => (token.trim() === '' ? { token: t('signIn.required') } : {})}
      run={() => client.signIn({ token: token.trim() })}
      focusFirst={focusFirst}
    >
      {(problem) => (
        <Field
          label={t('signIn.tokenLabel')}
          hint={t('signIn.tokenHint')}
          name="token"
          value={token}
          onValue={setToken}
          problem={problem('token')}
          required
        />
      )}
    </Form>
  );
}
