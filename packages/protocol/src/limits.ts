/**
 * Every bound of the wire in one place. Lengths are UTF-16 code units unless the name says bytes; times are
 * milliseconds. A node may be configured to be stricter on rates, never to be laxer on sizes.
 */
export const LIMITS = {
  /** One WebSocket frame or one HTTP body, decompressed. */
  frameBytes: 64 * 1024,
  /** Nesting of arrays and objects in one frame or body. */
  jsonDepth: 16,
  /** Requests of one session that wait for their reply at the same time. */
  framesInFlight: 64,
  /** From the opening of a socket to a successful `session.open`. */
  signInDeadline: 10_000,
  /** A socket that stays silent this long, pongs included, is dead. */
  idle: 40_000,
  /** Bytes that wait for a slow consumer before it is disconnected to resume. */
  backpressureBytes: 1024 * 1024,
  userId: 64,
  conversationId: 160,
  name: 100,
  title: 200,
  url: 2048,
  text: 10_000,
  customBytes: 16 * 1024,
  entityCustomBytes: 4 * 1024,
  fallback: 1000,
  mentions: 50,
  unreadMentions: 100,
  draft: 10_000,
  nickname: 64,
  deviceName: 100,
  reactionsPerMessage: 30,
  reactionsPerUser: 10,
  page: 200,
  pageDefault: 50,
  /** One file, unless the node is set to less. */
  fileBytes: 2 * 1024 ** 3,
  fileName: 255,
  /** Longest side of an image; and all its pixels, of all its frames. */
  imageSide: 30_000,
  imagePixels: 100_000_000,
  albumItems: 20,
  caption: 1000,
  waveform: 100,
  /** The image of an emoji of the app, and the longest of its sides. */
  emojiBytes: 256 * 1024,
  emojiSide: 128,
  emojiPerApp: 500,
  /** The image of a sticker, and the longest of its sides. */
  stickerBytes: 512 * 1024,
  stickerSide: 512,
  stickersPerPack: 120,
  packsPerApp: 100,
  favouriteStickers: 100,
  recentStickers: 24,
  /** The words of a search for GIFs, and what one page of it gives at most. */
  gifQuery: 50,
  gifPage: 24,
  /** How long an address of a file may be used. */
  fileAddress: 3600_000,
  /** A file that no message, person or conversation has is kept this long. */
  orphan: 24 * 3600_000,
  idsPerCall: 100,
  membersPerCall: 1000,
  membersPerGroup: 100_000,
  pinnedConversations: 50,
  presenceSubscriptions: 500,
  watchedChannels: 50,
  devicesPerUser: 50,
  username: 32,
  passwordMin: 8,
  password: 200,
  /** A message may be edited or recalled for everyone by its sender this long. */
  editWindow: 48 * 3600_000,
  /** A typing mark holds this long unless it is renewed. */
  typing: 6_000,
  /** A person who lost all connections counts as online this long, so a short reconnect is not seen. */
  presenceGrace: 10_000,
  /** Above this many members a mark is told to the others only when it raises the highest one. */
  receiptFanoutMembers: 100,
  accessToken: 15 * 60_000,
  refreshToken: 60 * 24 * 3600_000,
  code: 10 * 60_000,
} as const;
