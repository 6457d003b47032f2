/** @inlay-im/client: conversations, kept in step. Start with `createClient`. */
export type { Credentials, HostToken } from './auth/auth.ts';
export { type Client, createClient } from './client.ts';
export type { Clock } from './clock.ts';
export type { Environment } from './connection/environment.ts';
export type { ConnectionState } from './connection/link.ts';
export type {
  ConversationHandle,
  InfoChange,
  SelfChange,
  Sending,
  SharedStore,
} from './conversations/handle.ts';
export type { ConversationList, ConversationView, Unread } from './conversations/list.ts';
export type { MembersView } from './conversations/members.ts';
export type { Files } from './files/files.ts';
export type { SendFilesOptions } from './files/mail.ts';
export type { SharedView } from './files/shared.ts';
export type { EmojiByName, GifLocale, GifSearch, Gifs, GifsView, StickersView } from './of-app.ts';
export type { ClientOptions } from './options.ts';
export type { Ack, SendableBody, SendOptions } from './outbox/outbox.ts';
export type { PresenceView } from './presence/presence.ts';
export {
  ClientError,
  ConnectionLost,
  Discarded,
  InlayError,
  mayRetry,
  SignedOut,
  TimedOut,
} from './requests/errors.ts';
export { memoryStorage } from './storage/memory.ts';
export type { Change, Storage, Table } from './storage/storage.ts';
export { Cell, type Store } from './store.ts';
export type { Timeline, TimelineMessage, TimelineView } from './timeline/timeline.ts';
export type { UploadOptions } from './uploads/alone.ts';
export type { NewFile, UploadView } from './uploads/file.ts';
