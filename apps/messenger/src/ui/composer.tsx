/** @jsxImportSource preact */
import type { ConversationHandle, ConversationView, TimelineMessage } from '@inlay-im/client';
import { LIMITS } from '@inlay-im/protocol/rules';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useAround } from '../hooks.ts';
import type { Target } from './conversation-pane.tsx';
import { Icon } from './icons.tsx';
import { Quote } from './quote.tsx';

/** From so many characters before the limit on, it is said how many are left. */
const WARN = 500;
/** The tallest that the field grows, in pixels; then it scrolls. */
const TALLEST = 180;

export interface ComposerProps {
  handle: ConversationHandle;
  info: ConversationView | undefined;
  me: string;
  target: Target | undefined;
  onTarget(target: Target | undefined): void;
  attempt(task: Promise<unknown>): void;
}

/**
 * The text, in step with the draft that my other devices show. What another device wrote is taken only where what I
 * wrote here has been kept: a draft that comes without a new revision is merely mine rolled back, as it could not be
 * kept, and is offered again later.
 */
function useDraft(handle: ConversationHandle, info: ConversationView | undefined, editing: boolean) {
  const self = info?.self;
  const [text, setText] = useState(self?.draft ?? '');
  const known = useRef({ draft: text, rev: self?.rev, kept: true });
  useEffect(() => {
    if (self == null || editing) return;
    const draft = self.draft ?? '';
    const { draft: mine, rev, kept } = known.current;
    if (draft === mine) known.current.kept = true;
    else if (rev !== undefined && self.rev <= rev) known.current.kept = false;
    else if (mine !== '' && (rev === undefined || !kept)) {
      known.current = { draft: mine, rev: self.rev, kept: true };
      handle.setDraft(mine.slice(0, LIMITS.draft));
    } else if (text === mine) {
      known.current = { draft, rev: self.rev, kept: true };
      setText(draft);
    }
  }, [self, editing]);
  const write = (written: string) => {
    setText(written);
    if (editing) return;
    const now = handle.info.get()?.self;
    known.current = { draft: written, rev: now?.rev, kept: true };
    if (now != null) handle.setDraft(written === '' ? null : written.slice(0, LIMITS.draft));
  };
  return [text, write, setText] as const;
}

const editable = (message: TimelineMessage, me: string): boolean =>
  message.sender === me &&
  message.n !== null &&
  message.body?.kind === 'text' &&
  Date.now() - message.at < LIMITS.editWindow;

/** Where I write: Enter sends, Shift and Enter begins a line, the arrow up edits my last message. */
export function Composer({ handle, info, me, target, onTarget, attempt }: ComposerProps) {
  const { t } = useAround();
  const edited = target?.to === 'edit' ? target : undefined;
  const [text, write, setText] = useDraft(handle, info, edited !== undefined);
  const field = useRef<HTMLTextAreaElement>(null);
  const left = LIMITS.text - text.length;
  const sendable = text.trim() !== '' && left >= 0;

  useLayoutEffect(() => {
    if (target !== undefined) field.current?.focus();
    if (target?.to !== 'edit') return;
    const body = handle.timeline.message(target.key).get()?.body;
    if (body?.kind === 'text') setText(body.text);
  }, [target]);
  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches) field.current?.focus();
  }, []);
  useLayoutEffect(() => {
    const { current } = field;
    if (current === null) return;
    current.style.height = 'auto';
    current.style.height = `${Math.min(current.scrollHeight, TALLEST)}px`;
  }, [text]);

  const done = () => {
    if (edited) setText(handle.info.get()?.self?.draft ?? '');
    onTarget(undefined);
  };
  const send = () => {
    if (!sendable) return;
    if (edited) {
      attempt(handle.edit(edited.n, text));
      return done();
    }
    handle.send(text, { replyTo: target?.n ?? null }).sent.catch(() => {});
    onTarget(undefined);
    write('');
  };
  const editLast = () => {
    const last = handle.timeline.messages().findLast((message) => editable(message, me));
    if (last?.n != null) onTarget({ to: 'edit', n: last.n, key: last.key });
    return last !== undefined;
  };
  const key = (event: KeyboardEvent) => {
    // While an input method composes, Enter takes its suggestion.
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && target !== undefined) done();
    else if (event.key === 'ArrowUp' && text === '' && editLast()) event.preventDefault();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {target !== undefined && (
        <div class="target">
          <Icon name={edited ? 'pencil' : 'reply'} />
          {edited ? <span>{t('composer.editing')}</span> : <Quote handle={handle} n={target.n} me={me} />}
          <button type="button" class="round" aria-label={t('app.cancel')} onClick={done}>
            <Icon name="close" />
          </button>
        </div>
      )}
      <div class="write">
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={t('composer.placeholder')}
          aria-label={t('composer.label')}
          aria-invalid={left < 0}
          dir="auto"
          enterkeyhint="send"
          onKeyDown={key}
          onInput={(event) => {
            write(event.currentTarget.value);
            handle.setTyping(event.currentTarget.value !== '');
          }}
        />
        <button
          type="submit"
          class="round send"
          aria-label={t(edited ? 'composer.save' : 'composer.send')}
          disabled={!sendable}
        >
          <Icon name={edited ? 'check' : 'send'} />
        </button>
      </div>
      <p class={left < 0 ? 'left over' : 'left'} role="status">
        {left < 0
          ? t('composer.over', { count: -left })
          : left < WARN
            ? t('composer.left', { count: left })
            : ''}
      </p>
    </form>
  );
}
