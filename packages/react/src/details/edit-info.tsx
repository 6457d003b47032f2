import type { ConversationHandle, ConversationView } from '@inlay-im/client';
import { LIMITS } from '@inlay-im/protocol/rules';
import { type FormEvent, useState } from 'react';
import { useInlay } from '../context.ts';
import { PictureField, pictureProblem } from '../picker/picture-field.tsx';
import { Button } from '../primitives/button.tsx';
import { Field } from '../primitives/field.tsx';

export interface EditInfoProps {
  readonly handle: ConversationHandle;
  readonly info: ConversationView;
  onDone(): void;
}

/** Changes name and picture of a group or channel. */
export function EditInfo({ handle, info, onDone }: EditInfoProps) {
  const { t, attempt } = useInlay();
  const [title, setTitle] = useState(info.title ?? '');
  const [picture, setPicture] = useState(info.avatar ?? '');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    const named = title.trim() === '' ? null : title.trim();
    const avatar = picture.trim() === '' ? null : picture.trim();
    if (named === info.title && avatar === info.avatar) return onDone();
    setBusy(true);
    const kept = await attempt(
      handle.update({
        ...(named === info.title ? {} : { title: named }),
        ...(avatar === info.avatar ? {} : { avatar }),
      }),
    );
    setBusy(false);
    if (kept) onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (picture === info.avatar || pictureProblem(t, picture) === '') void save();
  };
  return (
    <form className="inlay-form" onSubmit={submit} noValidate>
      <Field
        label={t('info.title')}
        value={title}
        onValue={setTitle}
        maxLength={LIMITS.title}
        autoCapitalize="sentences"
        enterKeyHint="done"
      />
      <PictureField id={info.id} name={title} value={picture} onValue={setPicture} tried={tried} />
      <div className="actions">
        <Button onClick={onDone}>{t('app.cancel')}</Button>
        <Button look="primary" type="submit" disabled={busy}>
          {t('info.save')}
        </Button>
      </div>
    </form>
  );
}
