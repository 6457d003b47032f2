import { LIMITS } from '@inlay-im/protocol/rules';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { nameOf, useMe } from '../hooks/people.ts';
import { PicturePicker } from '../picture/picture-picker.tsx';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import { Field } from '../primitives/field.tsx';
import { Form } from '../sign-in/form.tsx';

type Person = NonNullable<ReturnType<typeof useMe>>;

function EditProfile({ me, onClose }: { me: Person; onClose(): void }) {
  const { t, client, toast } = useInlay();
  const [name, setName] = useState(me.name ?? '');
  const run = async () => {
    await client.call('users.update', { name: name.trim() === '' ? null : name.trim() });
    toast({ text: t('me.saved') });
    onClose();
  };
  return (
    <Dialog title={t('me.edit')} onClose={onClose}>
      {me.kind === 'host' && <p className="inlay-hint">{t('me.hostHint')}</p>}
      <Form label={t('me.save')} run={run} focusFirst>
        {(problem) => (
          <Field
            label={t('me.name')}
            name="name"
            autoComplete="name"
            autoCapitalize="words"
            hint={t('me.nameHint')}
            value={name}
            onValue={setName}
            maxLength={LIMITS.name}
            problem={problem('name')}
          />
        )}
      </Form>
    </Dialog>
  );
}

/** Who I am to others, and the way to change it. */
export function Profile() {
  const { t, client, toast } = useInlay();
  const me = useMe();
  const [editing, setEditing] = useState(false);
  if (me === undefined) return null;
  const name = nameOf(me as Parameters<typeof nameOf>[0], me.id);
  const set = async (avatar: string | null) => {
    await client.call('users.update', { avatar });
    toast({ text: t('me.saved') });
  };
  return (
    <>
      <div className="profile">
        <PicturePicker id={me.id} name={name} picture={me.avatar} onPicture={set} />
        <strong>{name}</strong>
        <span className="inlay-hint">{t('me.id', { id: me.id })}</span>
        <Button icon="pencil" onClick={() => setEditing(true)}>
          {t('me.edit')}
        </Button>
      </div>
      {editing && <EditProfile me={me} onClose={() => setEditing(false)} />}
    </>
  );
}
