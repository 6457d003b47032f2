import { type FormEvent, type KeyboardEvent, useId, useRef } from 'react';
import { useAttaching } from '../attach/attaching.tsx';
import { useInlay } from '../context.ts';
import { useSettings } from '../hooks/client.ts';
import { type Composer, useComposer } from '../hooks/composer.ts';
import { useConversation } from '../hooks/conversations.ts';
import type { ConversationPartProps } from '../parts.ts';
import { later } from '../primitives/later.tsx';
import { SendButton } from '../voice/send-button.tsx';
import { useVoice } from '../voice/use-voice.ts';
import { useDrop } from './files.ts';
import { enterSends, isComposing } from './keys.ts';
import { TargetBar } from './target-bar.tsx';
import { useCompletion } from './use-completion.ts';
import { useFocus } from './use-focus.ts';
import { usePicking } from './use-picking.ts';
import { WriteField } from './write-field.tsx';

const DropZone = later(async () => (await import('./drop-zone.tsx')).DropZone);
const Picker = later(async () => (await import('./picker.tsx')).Picker);

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

/** What the button beside the field does, by what stands in it. */
function writingOf({ text, target, sendable }: Composer) {
  if (target?.to === 'edit') return sendable ? 'edit' : 'unsendable';
  return sendable ? 'sendable' : text === '' ? 'nothing' : 'unsendable';
}

/** Where I write: text, what it answers or edits, emojis, and what completes names; files and voice beside it. */
export function Writing({ id }: ConversationPartProps) {
  const { handle } = useConversation(id);
  const { composer, send } = useWriting(id);
  const { text, target } = composer;
  const [settings] = useSettings();
  const root = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const ids = useId();
  const picker = usePicking(field);
  const { phone, coarse } = picker;
  const { onFiles, dialog } = useAttaching({ handle, composer, field });
  const dropping = useDrop(root, onFiles);
  const voice = useVoice({ handle, composer, root, field });
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
    if (voice.held !== undefined) return voice.send();
    send();
    if (!picker.picking) field.current?.focus({ preventScroll: true });
  };
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || voice.held === undefined) return;
    // Else it would close the conversation.
    event.preventDefault();
    voice.discard();
  };
  const picking = picker.picking && voice.held === undefined;
  const { held } = voice;
  return (
    <>
      <form ref={root} className="inlay-composer" onSubmit={submit} onKeyDown={leave}>
        {target && (
          <TargetBar id={`${ids}-target`} handle={handle} target={target} onCancel={composer.cancel} />
        )}
        <div className="write">
          {held !== undefined ? (
            <held.Recorder recording={held.recording} onDiscard={voice.discard} />
          ) : (
            <WriteField
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
          )}
          <SendButton voice={voice} writing={writingOf(composer)} />
        </div>
        {picking && <Picker picker={picker} sending={{ handle, composer }} />}
        {dropping && <DropZone />}
      </form>
      {dialog}
    </>
  );
}
