import type {
  Client,
  ConversationHandle,
  ConversationView,
  MembersView,
  NewFile,
  Sending,
  TimelineMessage,
} from '@inlay-im/client';
import { LIMITS } from '@inlay-im/protocol/rules';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { hasText, mayBeEmpty, rewritten, writtenIn } from '../composer/editing.ts';
import { meant, mentionsIn, mentionsKept } from '../composer/mentions.ts';
import { useInlay } from '../context.ts';
import { type Target, workbenchOf } from '../conversation/workbench.ts';
import { useConversation } from './conversations.ts';
import { nameOf, useMyId } from './people.ts';
import { absent, useStore } from './store.ts';

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
  /** UTF-16 code units that still fit, as the protocol counts; negative when the text is too long. */
  readonly left: number;
  readonly sendable: boolean;
  /** `@name` in the text is a mention of this person. What does not stand in the text when it is sent is forgotten. */
  mention(user: string, name: string): void;
  /** Sends, or keeps the edit. Undefined where there is nothing to send. */
  send(): Sending | Promise<void> | undefined;
  /**
   * Sends files, each of the lists as one message. What is answered goes with the first, and so does what is written,
   * unless they go `alone`. What is edited stays.
   */
  sendFiles(messages: readonly (readonly NewFile[])[], options?: { readonly alone?: boolean }): Sending[];
}

/** Whether I may still change the text of a message. */
export const mayEdit = (message: TimelineMessage, me: string, now = Date.now()): boolean =>
  message.sender === me &&
  message.n !== null &&
  hasText(message.body) &&
  now - message.at < LIMITS.editWindow;

/** A draft as I wrote it, my revision then, and whether the node has kept it. */
interface Written {
  readonly draft: string;
  readonly rev: number | undefined;
  readonly kept: boolean;
}

function begun(handle: ConversationHandle): Written {
  const self = handle.info.get()?.self;
  return { draft: self?.draft ?? '', rev: self?.rev, kept: true };
}

/**
 * The text, in step with the draft that my other devices show. What another device wrote is taken only where what I
 * wrote here has been kept: a draft that comes without a new revision is merely mine rolled back, as it could not be
 * kept, and is offered again later.
 */
function useDraft(handle: ConversationHandle, info: ConversationView | undefined, editing: boolean) {
  const self = info?.self;
  const [text, setText] = useState(() => begun(handle).draft);
  const known = useRef<Written & { of: ConversationHandle }>(undefined);
  known.current ??= { ...begun(handle), of: handle };
  useLayoutEffect(() => {
    if (known.current?.of === handle) return;
    known.current = { ...begun(handle), of: handle };
    setText(known.current.draft);
  }, [handle]);
  useEffect(() => {
    if (self == null || editing || known.current === undefined) return;
    const draft = self.draft ?? '';
    const { draft: mine, rev, kept } = known.current;
    if (draft === mine) known.current = { ...known.current, kept: true };
    else if (rev !== undefined && self.rev <= rev) known.current = { ...known.current, kept: false };
    else if (mine !== '' && (rev === undefined || !kept)) {
      known.current = { draft: mine, rev: self.rev, kept: true, of: handle };
      handle.setDraft(mine.slice(0, LIMITS.draft));
    } else if (text === mine) {
      known.current = { draft, rev: self.rev, kept: true, of: handle };
      setText(draft);
    }
  }, [self, editing, handle, text]);
  const write = useCallback(
    (written: string) => {
      setText(written);
      if (editing) return;
      const now = handle.info.get()?.self;
      known.current = { draft: written, rev: now?.rev, kept: true, of: handle };
      if (now != null) handle.setDraft(written === '' ? null : written.slice(0, LIMITS.draft));
    },
    [handle, editing],
  );
  /** Shows the draft again, after something else was written in its place. */
  const restore = useCallback(() => setText(known.current?.draft ?? ''), []);
  return { text, write, setText, restore };
}

/** The ways to answer and to edit. */
function useTarget(handle: ConversationHandle) {
  const me = useMyId();
  const bench = workbenchOf(handle);
  const target = useStore(bench.target);
  const ways = useMemo(
    () => ({
      reply: ({ n, key }: { n: number; key: string }) => bench.target.set({ to: 'reply', n, key }),
      edit: ({ n, key }: { n: number; key: string }) => bench.target.set({ to: 'edit', n, key }),
      editLast: () => {
        const last = handle.timeline.messages().findLast((message) => mayEdit(message, me));
        if (last?.n != null) bench.target.set({ to: 'edit', n: last.n, key: last.key });
        return last !== undefined;
      },
      cancel: () => bench.target.set(undefined),
    }),
    [bench, handle, me],
  );
  return { target, ways };
}

/** The others in the conversation with their names, as far as they are known; nobody until `wanted`. */
function useOthers(client: Client, handle: ConversationHandle, wanted: boolean) {
  const me = useMyId();
  const view = useStore<MembersView | undefined>(wanted ? handle.members : absent());
  // Whoever is asked for is fetched, so that the names are there once the text is sent.
  useEffect(() => {
    for (const { user } of view?.items ?? []) client.users.get(user);
  }, [view, client]);
  return (): [user: string, name: string][] =>
    (view?.items ?? [])
      .filter(({ user }) => user !== me)
      .map(({ user }) => [user, nameOf(client.users.get(user).get(), user)]);
}

/** Everything that a field for writing needs: text, draft, answer, edit, mentions, limit. */
export function useComposer(id: string): Composer {
  const { client } = useInlay();
  const { handle, info } = useConversation(id);
  const { target, ways } = useTarget(handle);
  const edited = target?.to === 'edit' ? target : undefined;
  const { text, write, setText, restore } = useDraft(handle, info, edited !== undefined);
  const [people] = useState(() => new Map<string, string>());
  const others = useOthers(client, handle, text.includes('@'));
  const mention = useCallback((user: string, name: string) => void people.set(user, name), [people]);
  const left = LIMITS.text - text.length;
  const bare = edited && mayBeEmpty(handle.timeline.message(edited.key).get()?.body);
  const sendable = (text.trim() !== '' || bare === true) && left >= 0;

  useLayoutEffect(() => {
    if (edited === undefined) return;
    const message = handle.timeline.message(edited.key).get();
    for (const user of message?.mentions ?? []) people.set(user, nameOf(client.users.get(user).get(), user));
    setText(writtenIn(message?.body));
    return restore;
  }, [edited, handle, people, client, setText, restore]);

  const keepEdit = (to: Target) => {
    const message = handle.timeline.message(to.key).get();
    const before = { text: writtenIn(message?.body), mentions: message?.mentions ?? [] };
    const mentions = mentionsKept(before, text, meant(people, others())).slice(0, LIMITS.mentions);
    ways.cancel();
    const same = text === before.text && mentions.join() === [...before.mentions].join();
    return same ? undefined : handle.edit(to.n, rewritten(message?.body, text), mentions);
  };
  /** Empties the field for what is to be sent. */
  const taken = () => {
    const mentions = mentionsIn(text, meant(people, others())).slice(0, LIMITS.mentions);
    people.clear();
    const sending = { replyTo: target?.n ?? null, ...(mentions.length > 0 ? { mentions } : {}) };
    ways.cancel();
    write('');
    return sending;
  };
  const send = () => {
    if (!sendable) return undefined;
    return edited ? keepEdit(edited) : handle.send(text, taken());
  };
  const answering = () => {
    if (edited) return {};
    ways.cancel();
    return { replyTo: target?.n ?? null };
  };
  const sendFiles: Composer['sendFiles'] = (messages, { alone = false } = {}) => {
    const more = alone || edited ? answering() : { ...taken(), text };
    return messages.map((files, i) => handle.sendFiles(files, i === 0 ? more : {}));
  };
  const type = (written: string) => {
    write(written);
    if (!edited) handle.setTyping(written !== '');
  };
  return { text, write: type, target, left, sendable, mention, send, sendFiles, ...ways };
}
