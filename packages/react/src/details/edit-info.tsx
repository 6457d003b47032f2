import type { ConversationHandle, ConversationView } from '@inlay-im/client';
import { LIMITS } from '@inlay-im/protocol/rules';
import { type FormEvent, useState } from 'react';
import { useInlay } from '../context.ts';
import { PicturePicker } from '../picture/picture-picker.tsx';
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
  /** Undefined: it stays, whatever others make of it meanwhile. */
  const [picked, setPicked] = useState<string | null | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    const named = title.trim() === '' ? null : title.trim();
    if (named === info.title && picked === undefined) return onDone();
    setBusy(true);
    const kept = await attempt(
      handle.update({
        ...(named === info.title ? {} : { title: named }),
        ...(picked === undefined ? {} : { avatar: picked }),
      }),
    );
    setBusy(false);
    if (kept) onDone();
  };
  const choose = (next: string | null) => {
    setPicked(next);
    return undefined;
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <form className="inlay-form" onSubmit={submit} noValidate>
      <PicturePicker
        id={info.id}
        name={title}
        picture={picked === undefined ? info.avatar : picked}
        square
        onPicture={choose}
      />
      <Field
        label={t('info.title')}
        value={title}
        onValue={setTitle}
        maxLength={LIMITS.title}
        autoCapitalize="sentences"
        enterKeyHint="done"
      />
      <div className="actions">
        <Button onClick={onDone}>{t('app.cancel')}</Button>
        <Button look="primary" type="submit" disabled={busy}>
          {t('info.save')}
        </Button>
      </div>
    </form>
  );
}
