import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { AttachButton } from '../attach/attach-button.tsx';
import { useAttaching } from '../attach/attaching.tsx';
import { useInlay } from '../context.ts';
import { useSettings } from '../hooks/client.ts';
import { useComposer } from '../hooks/composer.ts';
import { useConversation } from '../hooks/conversations.ts';
import { COARSE, useMedia } from '../hooks/media.ts';
import type { ConversationPartProps } from '../parts.ts';
import { RoundButton } from '../primitives/button.tsx';
import { Icon } from '../primitives/icon.tsx';
import { Completions, offerId } from './completions.tsx';
import { pasted, useDrop } from './files.ts';
import { typeAtCaret } from './insert.ts';
import { enterSends, isComposing } from './keys.ts';
import { isNear, Limit } from './limit.tsx';
import { PickerPanel, PickerPopover } from './picker.tsx';
import { TargetBar } from './target-bar.tsx';
import { useCompletion } from './use-completion.ts';
import { useFocus } from './use-focus.ts';
import { WritingField } from './writing-field.tsx';

/** A phone, where the picker takes the keyboard's place. */
const PHONE = `${COARSE} and (max-width: 40em)`;

/** Writes and sends. */
function useWriting(id: string) {
  const { attempt } = useInlay();
  const composer = useComposer(id);
  const send = () => {
    const editing = composer.target?.to === 'edit';
    const sending = composer.send();
    if (sending === undefined) return;
    if (editing) void attempt(Promise.resolve(sending as Promise<void>));
    // A message that could not be sent says so in its row.
    else if ('sent' in sending) sending.sent.catch(() => {});
  };
  return { composer, send };
}

/** Where I write: text, what it answers or edits, emojis, and what completes names. */
export function Writing({ id }: ConversationPartProps) {
  const { t } = useInlay();
  const { handle } = useConversation(id);
  const { composer, send } = useWriting(id);
  const { text, target, left } = composer;
  const [settings] = useSettings();
  const coarse = useMedia(COARSE);
  const phone = useMedia(PHONE);
  const [picking, setPicking] = useState(false);
  const root = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const emoji = useRef<HTMLButtonElement | null>(null);
  const ids = useId();
  const { onFiles, dialog } = useAttaching(composer, field);
  const dropping = useDrop(root, onFiles);
  const completion = useCompletion({ handle, field, text, mention: composer.mention });
  useFocus(field, target);

  const key = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent) || completion.key(event)) return;
    const plain = !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey);
    if (event.key === 'Enter' && enterSends(event, { enterSends: settings.enterSends, coarse })) send();
    else if (event.key === 'Escape' && target !== undefined) composer.cancel();
    else if (!(event.key === 'ArrowUp' && plain && text === '' && composer.editLast())) return;
    event.preventDefault();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
    if (!picking) field.current?.focus({ preventScroll: true });
  };
  const closePicker = () => {
    setPicking(false);
    if (!coarse) field.current?.focus({ preventScroll: true });
  };
  const pick = (chosen: string, stay: boolean) => {
    const { current } = field;
    if (current === null) return;
    if (coarse || stay) return typeAtCaret(current, chosen);
    closePicker();
    typeAtCaret(current, chosen);
  };
  const editing = target?.to === 'edit';
  const described = [target && `${ids}-target`, isNear(left) && `${ids}-limit`].filter(Boolean).join(' ');
  const meant = completion.offers.length > 0;
  return (
    <>
      <form ref={root} className="inlay-composer" onSubmit={submit}>
        {target && (
          <TargetBar id={`${ids}-target`} handle={handle} target={target} onCancel={composer.cancel} />
        )}
        <div className="write">
          <Completions completion={completion} />
          <div className="field">
            <RoundButton
              icon="smile"
              label={t('composer.emoji')}
              aria-haspopup="dialog"
              aria-expanded={picking}
              onClick={(event) => {
                emoji.current = event.currentTarget;
                setPicking(!picking);
              }}
            />
            <div className="text">
              <WritingField
                field={field}
                value={text}
                placeholder={t('composer.placeholder')}
                aria-label={t('composer.label')}
                aria-invalid={left < 0}
                aria-describedby={described || undefined}
                aria-autocomplete="list"
                aria-controls={meant ? completion.id : undefined}
                aria-activedescendant={meant ? offerId(completion.id, completion.active) : undefined}
                autoComplete="off"
                enterKeyHint={coarse || !settings.enterSends ? 'enter' : 'send'}
                onKeyDown={key}
                onChange={(event) => {
                  composer.write(event.currentTarget.value);
                  completion.typed();
                }}
                onKeyUp={completion.look}
                onClick={completion.look}
                onBlur={completion.leave}
                onFocus={() => phone && setPicking(false)}
                onPaste={(event) => pasted(event, onFiles)}
              />
              <Limit id={`${ids}-limit`} left={left} />
            </div>
            {!editing && <AttachButton onFiles={onFiles} />}
          </div>
          <RoundButton
            type="submit"
            className="send"
            icon={editing ? 'check' : 'send'}
            label={t(editing ? 'composer.save' : 'composer.send')}
            disabled={!composer.sendable}
            // A press leaves the focus in the field, and a phone its keyboard.
            onMouseDown={(event) => event.preventDefault()}
          />
          {picking && !phone && (
            <PickerPopover
              button={emoji}
              onPick={pick}
              onClose={closePicker}
              onLeave={() => setPicking(false)}
            />
          )}
        </div>
        {picking && phone && <PickerPanel onPick={pick} onClose={closePicker} />}
        {dropping && (
          <div className="inlay-drop" aria-hidden="true">
            <p>
              <Icon name="download" />
              {t('composer.dropHere')}
            </p>
          </div>
        )}
      </form>
      {dialog}
    </>
  );
}
