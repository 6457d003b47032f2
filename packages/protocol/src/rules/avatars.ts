/** The path at the node of an uploaded picture: of a file's id, UUIDv7. */
export const AVATAR_PATH = /^\/avatars\/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Sides in pixels of the squares that the node makes of an uploaded picture. */
export const AVATAR_SIZES = [64, 128, 256, 512] as const;
export type AvatarSize = (typeof AVATAR_SIZES)[number];

/** What to set as a picture for it to be an image that was uploaded. */
export const avatarPath = (file: string): string => `/avatars/${file}`;

/** The file of an uploaded picture; undefined for an address elsewhere, and for none. */
export const avatarFile = (picture: string | null | undefined): string | undefined =>
  picture && AVATAR_PATH.test(picture) ? picture.slice('/avatars/'.length) : undefined;

/** The smallest square that fills so many pixels, or the largest there is. */
export const avatarSize = (pixels: number): AvatarSize => AVATAR_SIZES.find((size) => size >= pixels) ?? 512;
