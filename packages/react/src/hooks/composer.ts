import type { ConversationView, Sending, TimelineMessage } from '@inlay-im/client';
import { LIMITS } from '@inlay-im/protocol/rules';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Target, type Workbench, workbenchOf } from '../conversation/workbench.ts';
import { useConversation } from './conversations.ts';
import { useMyId } from './people.ts';
import { useStore } from './store.ts';

/** The state of a field in which a message is written, without any of its looks. */
export interface Composer {
  readonly text: string;
  /** To be called at each change of the field; keeps the draft and says that I type. */
  write(text: string): void;
  /** The message that is answered or edited. */
  readonly target: Target | undefined;
  reply(message: { n: number; key: string }): void;
  edit(message: { n: number; key: string }): void;
  /** Edits the last message of mine that may still be edited. Gives whether there is one. */
  editLast(): boolean;
  /** Leaves off answering or editing. */
  cancel(): void;
  /** Characters that still fit; negative when the text is too long. */
  readonly left: number;
  readonly sendable: boolean;
  /** People whose `@name` in the text is a mention, by id. */
  mention(user: string, name: string): void;
  /** Sends, or keeps the edit. Undefined where there is nothing to send. */
  send(): Sending | Promise<void> | undefined;
}

/** Whether I may still change the text of a message. */
export const mayEdit = (message: TimelineMessage, me: string, now = Date.now()): boolean =>
  message.sender === me &&
  message.n !== null &&
  message.body?.kind === 'text' &&
  now - message.at < LIMITS.editWindow;

/**
 * The text, in step with the draft that my other devices show. What another device wrote is taken only where what I
 * wrote here has been kept: a draft that comes without a new revision is merely mine rolled back, as it could not be
 * kept, and is offered again later.
 */
function useDraft(bench: Workbench, info: ConversationView | undefined, editing: boolean) {
  const { handle } = bench;
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
  }, [self, editing, handle, text]);
  const write = useCallback(
    (written: string) => {
      setText(written);
      if (editing) return;
      const now = handle.info.get()?.self;
      known.current = { draft: written, rev: now?.rev, kept: true };
      if (now != null) handle.setDraft(written === '' ? null : written.slice(0, LIMITS.draft));
    },
    [handle, editing],
  );
  return [text, write, setText] as const;
}

/** Those of the people who were mentioned whose name still stands in the text. */
const mentionsIn = (text: string, people: ReadonlyMap<string, string>): string[] =>
  [...people].filter(([, name]) => text.includes(`@${name}`)).map(([user]) => user);

/** Everything that a field for writing needs: text, draft, answer, edit, mentions, limit. */
export function useComposer(id: string): Composer {
  const { handle, info } = useConversation(id);
  const me = useMyId();
  const bench = workbenchOf(handle);
  const target = useStore(bench.target);
  const edited = target?.to === 'edit' ? target : undefined;
  const [text, write, setText] = useDraft(bench, info, edited !== undefined);
  const people = useRef(new Map<string, string>());
  const left = LIMITS.text - text.length;
  const sendable = text.trim() !== '' && left >= 0;

  useEffect(() => {
    if (target?.to !== 'edit') return;
    const message = handle.timeline.message(target.key).get();
    if (message?.body?.kind === 'text') setText(message.body.text);
    return () => setText(handle.info.get()?.self?.draft ?? '');
  }, [target, handle, setText]);

  const actions = useMemo(
    () => ({
      reply: (message: { n: number; key: string }) => bench.target.set({ to: 'reply', ...message }),
      edit: (message: { n: number; key: string }) => bench.target.set({ to: 'edit', ...message }),
      editLast: () => {
        const last = handle.timeline.messages().findLast((message) => mayEdit(message, me));
        if (last?.n != null) bench.target.set({ to: 'edit', n: last.n, key: last.key });
        return last !== undefined;
      },
      cancel: () => bench.target.set(undefined),
      mention: (user: string, name: string) => void people.current.set(user, name),
    }),
    [bench, handle, me],
  );

  const send = () => {
    if (!sendable) return undefined;
    const before = edited && handle.timeline.message(edited.key).get();
    const mentions = mentionsIn(text, people.current);
    bench.target.set(undefined);
    if (edited) {
      const kept = (before?.mentions ?? []).filter((user) => !people.current.has(user));
      return handle.edit(edited.n, text, [...new Set([...kept, ...mentions])].slice(0, LIMITS.mentions));
    }
    people.current.clear();
    write('');
    const chosen = mentions.slice(0, LIMITS.mentions);
    return handle.send(text, {
      replyTo: target?.n ?? null,
      ...(chosen.length > 0 ? { mentions: chosen } : {}),
    });
  };
  const type = (written: string) => {
    write(written);
    if (!edited) handle.setTyping(written !== '');
  };
  return { text, write: type, target, left, sendable, send, ...actions };
}
