/** The path at the node of an image that the app published, as an emoji or a sticker: of a file's id, UUIDv7. */
export const PUBLISHED_PATH =
  /^\/published\/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const publishedPath = (file: string): string => `/published/${file}`;

/** What an emoji of the app is called between its colons. */
const CUSTOM = /^:([a-z0-9_+-]{1,32}):$/;

/** The name of an emoji of the app; undefined for what is none by its shape. */
export const customEmoji = (emoji: string): string | undefined => CUSTOM.exec(emoji)?.[1];
