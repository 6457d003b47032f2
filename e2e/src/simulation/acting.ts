import {
  type ConversationHandle,
  InlayError,
  type SendableBody,
  type TimelineMessage,
} from '@inlay-im/client';
import type { Device } from './device.ts';
import type { World } from './world.ts';

/** Something that a person does on a device; what becomes of it is not waited for. */
export interface Deed {
  readonly name: string;
  readonly weight: number;
  run(world: World, device: Device): void | Promise<void>;
}

/** What the node refuses is rolled back, and what a fault ends is one of the things to be seen. */
export const quietly = (done: Promise<unknown>): void => void done.catch(() => {});

const member = (device: Device) => {
  const { items, archived } = device.client.conversations.get();
  return [...items, ...archived];
};

export function anywhere({ dice }: World, device: Device): ConversationHandle | undefined {
  const one = dice.pick(member(device));
  return one && device.conversation(one.id);
}

export function group({ dice }: World, device: Device): ConversationHandle | undefined {
  const one = dice.pick(member(device).filter(({ kind }) => kind === 'group'));
  return one && device.conversation(one.id);
}

/** Whom the words mention, which follows from them alone: every other time somebody. */
export function mentioned({ people }: World, words: string): string[] {
  const spoken = Number(/\d+(?=›)/.exec(words)?.[0] ?? 0);
  const person = people[(spoken >> 1) % people.length];
  return spoken % 2 === 0 && person !== undefined ? [person] : [];
}

const says = (words: string): SendableBody => ({ kind: 'text', text: words });

/** Writes words that were never said before, as they are or within another body. */
export function send(world: World, device: Device, handle: ConversationHandle, body = says): void {
  const words = world.ledger.say();
  const { id, sent } = handle.send(body(words), { mentions: mentioned(world, words) });
  const attempt: (typeof world.ledger.attempts)[number] = { user: device.user, conversation: handle.id, id };
  world.ledger.attempts.push(attempt);
  world.ledger.said(id, words);
  sent.then(
    (ack) => {
      attempt.ack = ack;
    },
    (error) => {
      if (error instanceof InlayError) attempt.refused = error.code;
    },
  );
}

/** A message that is on the screen and has its number, other than the server's and what was recalled. */
export function shown({ dice }: World, device: Device, is: (row: TimelineMessage) => boolean = () => true) {
  const handles = [...device.shown.keys()].map((id) => device.conversation(id));
  const handle = dice.pick(handles);
  const rows = handle?.timeline
    .messages()
    .filter(({ n, body }) => n !== null && body !== null && body.kind !== 'system');
  const row = dice.pick(rows?.filter(is) ?? []);
  return handle && row ? { handle, row, n: row.n as number } : undefined;
}

/** A body that says something else and keeps its files. */
export function reworded({ body }: TimelineMessage, words: string): SendableBody {
  if (body?.kind !== 'media') return says(words);
  const items = body.items.map(({ file, caption }, i) => ({ file, caption: i === 0 ? words : caption }));
  return { kind: 'media', items, text: words };
}
