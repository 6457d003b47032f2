import type { ConversationHandle } from '@inlay-im/client';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { enterSends, isComposing } from '../composer/keys.ts';
import { Picker } from '../composer/picker.tsx';
import { useCompletion } from '../composer/use-completion.ts';
import { usePicking } from '../composer/use-picking.ts';
import { WriteField } from '../composer/write-field.tsx';
import { useInlay } from '../context.ts';
import { useSettings } from '../hooks/client.ts';
import type { Composer } from '../hooks/composer.ts';
import { isTouch } from '../hooks/focus.ts';
import { RoundButton } from '../primitives/button.tsx';

export interface CaptionProps {
  readonly handle: ConversationHandle;
  readonly composer: Composer;
  /** Whether they are about to be sent. */
  readonly busy: boolean;
  onFiles(files: readonly File[]): void;
  onSend(): void;
}

/** What is written with the files: the text of the composer, which stays there where nothing is sent. */
export function Caption({ handle, composer, busy, onFiles, onSend }: CaptionProps) {
  const { t } = useInlay();
  const [settings] = useSettings();
  const field = useRef<HTMLTextAreaElement>(null);
  const ids = useId();
  const picker = usePicking(field);
  const { picking, phone, coarse } = picker;
  const completion = useCompletion({ handle, field, text: composer.text, mention: composer.mention });
  useEffect(() => {
    if (!isTouch()) field.current?.focus();
  }, []);
  const key = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || completion.key(event) || event.key !== 'Enter') return;
    if (!enterSends(event, { enterSends: settings.enterSends, coarse })) return;
    event.preventDefault();
    onSend();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  return (
    <form className="inlay-composer" onSubmit={submit}>
      <div className="write">
        <WriteField
          beside
          field={field}
          composer={composer}
          completion={completion}
          ids={ids}
          picking={picking}
          onPicker={picker.toggle}
          onFiles={onFiles}
          onKeyDown={key}
          onFocus={() => phone && picker.leave()}
        />
        <RoundButton
          type="submit"
          className="send"
          icon="send"
          label={t('composer.send')}
          aria-busy={busy}
          disabled={busy || composer.left < 0}
        />
      </div>
      {picking && <Picker picker={picker} />}
    </form>
  );
}
