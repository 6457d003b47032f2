import { LIMITS } from '@inlay-im/protocol/rules';
import { useState } from 'react';
import { useInlay } from '../context.ts';
import { nameOf, useMe } from '../hooks/people.ts';
import { Avatar } from '../primitives/avatar.tsx';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import { Field } from '../primitives/field.tsx';
import { Form } from '../sign-in/form.tsx';
import { isPictureAddress } from './picture.ts';

type Person = NonNullable<ReturnType<typeof useMe>>;

function EditProfile({ me, onClose }: { me: Person; onClose(): void }) {
  const { t, client, toast } = useInlay();
  const [name, setName] = useState(me.name ?? '');
  const [picture, setPicture] = useState(me.avatar ?? '');
  const address = picture.trim();
  const check = (): Record<string, string> =>
    address === '' || isPictureAddress(address) ? {} : { avatar: t('me.pictureBad') };
  const run = async () => {
    const change = { name: name.trim() === '' ? null : name.trim(), avatar: address === '' ? null : address };
    await client.call('users.update', change);
    toast({ text: t('me.saved') });
    onClose();
  };
  return (
    <Dialog title={t('me.edit')} onClose={onClose}>
      <div className="inlay-preview">
        <Avatar
          id={me.id}
          name={name.trim() === '' ? me.id : name}
          picture={isPictureAddress(address) ? address : null}
          size="xl"
        />
      </div>
      {me.kind === 'host' && <p className="inlay-hint">{t('me.hostHint')}</p>}
      <Form label={t('me.save')} check={check} run={run} focusFirst>
        {(problem) => (
          <>
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
            <Field
              label={t('me.picture')}
              name="avatar"
              type="url"
              inputMode="url"
              autoComplete="photo"
              hint={problem('avatar') === '' ? t('me.pictureHint') : undefined}
              value={picture}
              onValue={setPicture}
              maxLength={LIMITS.url}
              problem={problem('avatar')}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}

/** Who I am to others, and the way to change it. */
export function Profile() {
  const { t } = useInlay();
  const me = useMe();
  const [editing, setEditing] = useState(false);
  if (me === undefined) return null;
  const name = nameOf(me as Parameters<typeof nameOf>[0], me.id);
  return (
    <>
      <div className="profile">
        <Avatar id={me.id} name={name} picture={me.avatar} size="xl" />
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
