import type { CloseReason } from '../errors.ts';
import type { Delivery } from '../events/index.ts';
import type { LIMITS } from '../limits.ts';
import type { OperationName } from '../operations/index.ts';

type Noun<N extends string> = N extends `${infer First}.${string}` ? First : never;
export type OperationNoun = Noun<OperationName>;

/** What the operations of a noun are about; a noun without a sentence does not compile. */
export const NOUNS: Record<OperationNoun, string> = {
  session: 'The signed-in WebSocket itself.',
  sync: 'What changed while a device was away.',
  auth: 'Ways in: a host app’s token, accounts with password or code, guests.',
  apps: 'The app that one signs in to: its name and picture.',
  devices: 'The devices on which a person is signed in.',
  users: 'People and their profiles.',
  presence: 'Who is here.',
  conversations: 'Direct conversations, groups and channels.',
  members: 'Who is in a conversation, in which role, and each person’s own side of it.',
  receipts: 'How far members have received and read.',
  typing: 'Who is typing.',
  messages: 'Sending, changing and reading messages.',
  reactions: 'Emojis under messages.',
  files: 'Bringing files to the node, and getting at their bytes.',
  emoji: 'The app’s own emoji.',
  stickers: 'Packs of stickers that the app publishes, and what is mine of them.',
  gifs: 'GIFs that the node searches for at a service.',
};

export const DELIVERY: Record<Delivery, string> = {
  durable:
    'Never dropped. It carries a `rev` of its conversation, or a `userRev` of the person: the known one plus 1 is applied, a lower one is known already, a higher one means that something is missing and is fetched.',
  state: 'The latest one wins; several may be merged into one.',
  ephemeral: 'May be lost.',
};

export const AFTER: Record<'resume' | 'refresh' | 'stop', string> = {
  resume: 'Connect again after a random wait and resume with the cursor.',
  refresh: 'Get a fresh access token, then connect again.',
  stop: 'Do not connect again by yourself.',
};

/** Why a socket was closed. */
export const CLOSE_REASONS: Record<CloseReason, string> = {
  resume: 'The session cannot go on here, for example because the client took its events too slowly.',
  stopping: 'The node is stopping.',
  tooManyConnections: 'The person has too many connections open.',
  tokenExpired: 'The access token ended and no `session.refresh` came before.',
  unauthenticated: 'No valid `session.open` came in time.',
  signedOut: 'This device was signed out.',
  badFrame: 'A frame was not understood before the session was open, or it was binary.',
  unsupportedVersion: 'The node does not serve the protocol version of the client.',
};

/** What the named schemas are, for those whose fields do not say it. */
export const ENTITIES: Record<string, string> = {
  App: 'What anyone may see of an app, also before they sign in to it.',
  Body: 'What a message says: text, files, a sticker, the host app’s own JSON, or what the server says about the conversation.',
  Conversation: 'A conversation as I see it.',
  ConversationId:
    'Letters, digits and . _ : @ | + = ~ - and the comma. That of a direct conversation is direct:<a>,<b> with the lower user id first.',
  ConversationInfo: 'What is the same for everyone in a conversation.',
  Cursor: 'Where a device stands: opaque, void in another epoch.',
  Custom: 'The host app’s own JSON object of at most 4096 bytes.',
  CustomEmoji:
    'An emoji of the app. Its image is at /published/<file>, for as long as there is such an emoji.',
  Device: 'One signed-in device of mine.',
  Emoji: 'One emoji of Unicode’s RGI set, or a custom one as :name:.',
  EmojiName: 'What an emoji of the app is called, without its colons.',
  Json: 'Any JSON value.',
  Me: 'A person’s own view of themselves.',
  Member: 'One person in a conversation.',
  Message: 'One message; it looks the same to everyone. The body is null once it was recalled.',
  MessageId: 'A message’s identity, a UUIDv7 made by the sender: sending it twice makes one message.',
  MessageNumber: 'A place in a conversation: dense from 1; 0 stands for before the first message.',
  Mine: 'What is mine alone about one message: my reactions, and whether I played its voice or video.',
  FileAddress: 'Where the bytes of a file are to be had for a short time.',
  FileId: 'An uploaded file’s identity, a UUIDv7 made by the uploader: creating it twice makes one file.',
  Gif: 'A GIF that was found at the service that the node searches.',
  GifId: 'Names a GIF to gifs.take: made by the node, good for an hour at most.',
  StoredFile: 'An uploaded file that is whole. Type and kind follow from its bytes.',
  Attachment: 'A file as a message carries it.',
  Upload: 'How the bytes are to be brought: to the node by the tus protocol, or in parts to the store.',
  PackId: 'The app’s own name for a pack of stickers.',
  Presence: 'Whether someone is here; hidden presence reads as offline without a time.',
  Reaction: 'How many people reacted with one emoji.',
  Receipt: 'How far one member has come; both numbers only grow.',
  Revision: 'Counts the durable changes of a conversation or of a person’s own state.',
  Self: 'My own side of a conversation, in step on all my devices.',
  SendableBody:
    'What a client may send: text of more than white space, JSON of at most 16384 bytes, files that are whole, or a sticker of a pack.',
  Sticker: 'One sticker of a pack. Its image is at /published/<file>, for as long as the pack has it.',
  StickerId: 'The app’s own name for a sticker within its pack.',
  StickerPack: 'Stickers that the app publishes together.',
  StickerRef: 'Which sticker.',
  StickerShelf:
    'What is mine of stickers, on all my devices. Packs and stickers that the app withdrew may still be named.',
  SyncPage:
    'One page of what changed, newest conversation first. The cursor of the first page is kept once the last page was taken in.',
  Time: 'Milliseconds since 1970-01-01T00:00Z by the server’s clock; never used for order.',
  Tokens: 'What every sign-in gives. The refresh token works once; each refresh gives the next.',
  User: 'What everyone of the app may see of a person.',
  UserId: 'The host app’s own string for a person: letters, digits and . _ : @ | + = ~ -',
  WireError: 'An error; `message` is English for developers, user interfaces translate the code.',
};

export interface LimitText {
  /** What it is counted in. `ms` is shown as a time. */
  readonly unit: string;
  readonly about: string;
}

const limit = (unit: string, about: string): LimitText => ({ unit, about });

/** What each limit bounds; a limit without a sentence does not compile. */
export const LIMIT_TEXTS: Record<keyof typeof LIMITS, LimitText> = {
  frameBytes: limit('bytes', 'One WebSocket frame or one HTTP body, decompressed.'),
  jsonDepth: limit('levels', 'Nesting of arrays and objects in one frame or body.'),
  framesInFlight: limit('requests', 'Requests of one session that wait for their reply at the same time.'),
  signInDeadline: limit('ms', 'From the opening of a socket to a successful `session.open`.'),
  idle: limit('ms', 'A socket that stays silent this long, pongs included, is dead.'),
  backpressureBytes: limit('bytes', 'What may wait for a slow consumer before it is disconnected to resume.'),
  userId: limit('characters', 'A user id.'),
  conversationId: limit('characters', 'A conversation id.'),
  name: limit('characters', 'A person’s name.'),
  title: limit('characters', 'A conversation’s title.'),
  url: limit('characters', 'The address of a picture.'),
  text: limit('characters', 'The text of a message.'),
  customBytes: limit('bytes', 'The JSON of a custom message.'),
  entityCustomBytes: limit('bytes', 'The custom JSON of a user or conversation.'),
  fallback: limit('characters', 'The text shown where a custom message is not understood.'),
  mentions: limit('people', 'Mentions in one message.'),
  unreadMentions: limit('messages', 'Unread messages that mention me, as a conversation tells them.'),
  draft: limit('characters', 'A draft.'),
  nickname: limit('characters', 'A nickname in a conversation.'),
  deviceName: limit('characters', 'The name of a device.'),
  reactionsPerMessage: limit('emojis', 'Different emojis under one message.'),
  reactionsPerUser: limit('emojis', 'Emojis of one person under one message.'),
  page: limit('entries', 'The longest page that may be asked for.'),
  pageDefault: limit('entries', 'A page when no length is asked for.'),
  fileBytes: limit('bytes', 'One file.'),
  fileName: limit('characters', 'The name of a file.'),
  imageSide: limit('pixels', 'The longest side of an image.'),
  imagePixels: limit('pixels', 'All pixels of an image, of all its frames.'),
  albumItems: limit('files', 'Files in one message.'),
  caption: limit('characters', 'The caption of one file.'),
  waveform: limit('bars', 'The waveform of a voice message.'),
  emojiBytes: limit('bytes', 'The image of an emoji of the app.'),
  emojiSide: limit('pixels', 'The longest side of an emoji of the app.'),
  emojiPerApp: limit('emoji', 'Emoji of one app.'),
  stickerBytes: limit('bytes', 'The image of a sticker.'),
  stickerSide: limit('pixels', 'The longest side of a sticker.'),
  stickersPerPack: limit('stickers', 'Stickers of one pack.'),
  packsPerApp: limit('packs', 'Packs of stickers of one app.'),
  favouriteStickers: limit('stickers', 'Favourite stickers of one person.'),
  recentStickers: limit('stickers', 'Stickers that are remembered as the last that a person sent.'),
  gifQuery: limit('characters', 'The words of a search for GIFs.'),
  gifPage: limit('GIFs', 'One page of a search for GIFs.'),
  fileAddress: limit('ms', 'How long an address of a file may be used.'),
  orphan: limit('ms', 'How long a file is kept that no message, person or conversation has.'),
  idsPerCall: limit('ids', 'People or messages named in one call.'),
  membersPerCall: limit('people', 'People added or removed in one call.'),
  membersPerGroup: limit('people', 'Members of one group.'),
  pinnedConversations: limit('conversations', 'Conversations that one person may pin.'),
  presenceSubscriptions: limit('people', 'People whose presence one session follows.'),
  watchedChannels: limit('channels', 'Channels that one session follows without being a member.'),
  devicesPerUser: limit('devices', 'Signed-in devices of one person.'),
  username: limit('characters', 'A user name for signing in.'),
  passwordMin: limit('characters', 'The shortest password.'),
  password: limit('characters', 'The longest password.'),
  editWindow: limit('ms', 'How long its sender may edit or recall a message.'),
  typing: limit('ms', 'How long a typing mark holds unless it is renewed.'),
  presenceGrace: limit('ms', 'How long someone without a connection still counts as online.'),
  receiptFanoutMembers: limit(
    'members',
    'Above this, a mark is told to the others only when it raises the highest one.',
  ),
  accessToken: limit('ms', 'How long an access token is valid.'),
  refreshToken: limit('ms', 'How long a refresh token is valid.'),
  code: limit('ms', 'How long a one-time code is valid.'),
};
