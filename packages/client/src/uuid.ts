/** UUIDv7 (RFC 9562 section 5.7): 48 bits of `now` in milliseconds, then 74 bits out of the ten bytes `random`. */
export function uuidv7(now: number, random: Uint8Array): string {
  const time = now.toString(16).padStart(12, '0');
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = (8 + (Number.parseInt(hex.slice(3, 4), 16) & 3)).toString(16);
  const tail = `${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${tail}`;
}

export const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));
