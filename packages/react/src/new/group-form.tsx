import { LIMITS } from '@inlay-im/protocol/rules';
import { type FormEvent, useState } from 'react';
import { useInlay } from '../context.ts';
import type { KnownPerson } from '../hooks/known-people.ts';
import { useNavigation } from '../navigation.ts';
import { PicturePicker } from '../picture/picture-picker.tsx';
import { Avatar } from '../primitives/avatar.tsx';
import { Button } from '../primitives/button.tsx';
import { Field } from '../primitives/field.tsx';

/** The group's id, made before it is: asked for twice, as its answer may be lost, it is still one group. */
const newId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `group:${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
};

/** Name and picture of a group that is about to be, and who will be in it. */
export function GroupForm({ chosen }: { chosen: readonly KnownPerson[] }) {
  const { t, client, attempt } = useInlay();
  const { open } = useNavigation();
  const [id] = useState(newId);
  const [title, setTitle] = useState('');
  const [picture, setPicture] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const noTitle = title.trim() === '';
  const create = async () => {
    setBusy(true);
    const made = client.call('conversations.create', {
      id,
      kind: 'group',
      title: title.trim(),
      avatar: picture,
      members: chosen.map((person) => person.id),
    });
    if (await attempt(made)) open((await made).conversation.id);
    else setBusy(false);
  };
  const choose = (next: string | null) => {
    setPicture(next);
    return undefined;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!noTitle) void create();
  };
  return (
    <form className="inlay-form scroll" onSubmit={submit} noValidate>
      <PicturePicker id="new" name={title} picture={picture} square onPicture={choose} />
      <Field
        label={t('new.title')}
        value={title}
        onValue={setTitle}
        maxLength={LIMITS.title}
        autoCapitalize="sentences"
        problem={tried && noTitle ? t('new.noTitle') : ''}
        enterKeyHint="done"
      />
      <div className="inlay-field">
        <strong className="label">{t('new.members', { count: chosen.length })}</strong>
        <ul className="members">
          {chosen.map(({ id: person, name, picture: avatar }) => (
            <li key={person}>
              <Avatar id={person} name={name} picture={avatar} size="s" />
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      </div>
      <Button look="primary" wide type="submit" disabled={busy}>
        {t('new.create')}
      </Button>
    </form>
  );
}
