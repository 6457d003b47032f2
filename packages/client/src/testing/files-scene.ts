import type { Client } from '../client.ts';
import type { ConversationHandle } from '../conversations/handle.ts';
import { memoryStorage } from '../storage/memory.ts';
import type { Storage } from '../storage/storage.ts';
import type { TimelineMessage } from '../timeline/timeline.ts';
import type { NewFile } from '../uploads/file.ts';
import { settle } from './clock.ts';
import { scene } from './setup.ts';

export const MIB = 1024 ** 2;

/** Bytes that differ from place to place, so that a piece that went astray is seen. */
export function bytesOf(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) bytes[i] = i * 31 + (i >> 8) * 7 + seed;
  return bytes;
}

export const chosen = (size: number, more: Partial<NewFile> = {}): NewFile => ({
  blob: new Blob([bytesOf(size)], { type: 'application/pdf' }),
  kind: 'file',
  name: 'report.pdf',
  ...more,
});

/** Ann is signed in on a device with storage, looks at a room that she shares with Bob, and is about to send files. */
export async function filesScene() {
  const s = scene();
  const storage = memoryStorage();
  const log = s.node.group('room', ['ann', 'bob']);
  const look = (chat: Client): ConversationHandle => {
    const handle = chat.conversation('room');
    handle.timeline.subscribe(() => {});
    chat.files.prepare();
    return handle;
  };
  const chat = s.client({ storage });
  await chat.signIn({ token: 'ann' });
  const handle = look(chat);
  await settle();
  /** The page is loaded again: another client over the same storage, or over what is left of it. */
  const reload = async (over: Storage = storage) => {
    const again = s.client({ storage: over });
    await again.connect();
    const room = look(again);
    await settle();
    return { chat: again, handle: room };
  };
  const count = (op: string) => s.node.requests.filter((request) => request.op === op).length;
  return { ...s, storage, log, chat, handle, reload, count };
}

export const rowOf = (handle: ConversationHandle, key: string): TimelineMessage => {
  const row = handle.timeline.message(key).get();
  if (row === undefined) throw new Error('no such row');
  return row;
};
