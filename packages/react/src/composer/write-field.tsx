import type { KeyboardEvent, RefObject } from 'react';
import { AttachButton } from '../attach/attach-button.tsx';
import { useInlay } from '../context.ts';
import { useSettings } from '../hooks/client.ts';
import type { Composer } from '../hooks/composer.ts';
import { COARSE, useMedia } from '../hooks/media.ts';
import { RoundButton } from '../primitives/button.tsx';
import { later } from '../primitives/later.tsx';
import { pasted } from './files.ts';
import { isNear, Limit } from './limit.tsx';
import { type Completion, offerId } from './use-completion.ts';
import { WritingField } from './writing-field.tsx';

const Completions = later(async () => (await import('./completions.tsx')).Completions);

export interface WriteFieldProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly composer: Composer;
  readonly completion: Completion;
  /** What the ids of its parts begin with. */
  readonly ids: string;
  /** Whether the emoji picker is open. */
  readonly picking: boolean;
  onPicker(button: HTMLButtonElement): void;
  onFiles(files: readonly File[]): void;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(): void;
  /** Whether the field stands beside files that it is written about, and takes no more of them by itself. */
  readonly beside?: boolean;
}

/** The field with what stands in it: emojis, text, how much fits, files. */
export function WriteField(props: WriteFieldProps) {
  const {
    field,
    composer,
    completion,
    ids,
    picking,
    onPicker,
    onFiles,
    onKeyDown,
    onFocus,
    beside = false,
  } = props;
  const { t } = useInlay();
  const [settings] = useSettings();
  const coarse = useMedia(COARSE);
  const { text, target, left } = composer;
  const described = [target && `${ids}-target`, isNear(left) && `${ids}-limit`].filter(Boolean).join(' ');
  const meant = completion.offers.length > 0;
  return (
    <>
      {completion.token !== undefined && <Completions completion={completion} />}
      <p className="inlay-unseen" role="status">
        {meant ? t('composer.offered', { count: completion.offers.length }) : ''}
      </p>
      <div className="field">
        <RoundButton
          icon="smile"
          label={t('composer.emoji')}
          aria-haspopup="dialog"
          aria-expanded={picking}
          onClick={(event) => onPicker(event.currentTarget)}
        />
        <div className="text">
          <WritingField
            field={field}
            value={text}
            placeholder={t(beside ? 'attach.caption' : 'composer.placeholder')}
            aria-label={t(beside ? 'attach.caption' : 'composer.label')}
            aria-invalid={left < 0}
            aria-describedby={described || undefined}
            aria-autocomplete="list"
            aria-controls={meant ? completion.id : undefined}
            aria-activedescendant={meant ? offerId(completion.id, completion.active) : undefined}
            autoComplete="off"
            enterKeyHint={coarse || !settings.enterSends ? 'enter' : 'send'}
            onKeyDown={onKeyDown}
            onChange={(event) => {
              composer.write(event.currentTarget.value);
              completion.typed();
            }}
            onKeyUp={completion.look}
            onClick={completion.look}
            onBlur={completion.leave}
            onFocus={onFocus}
            onPaste={(event) => pasted(event, onFiles)}
          />
          <Limit id={`${ids}-limit`} left={left} />
        </div>
        {!beside && target?.to !== 'edit' && <AttachButton onFiles={onFiles} />}
      </div>
    </>
  );
}
