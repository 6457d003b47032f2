import { thumbHashToDataURL } from 'thumbhash';

/** So many stay drawn: about what is scrolled over at a time. */
const KEPT = 300;
const drawn = new Map<string, string | null>();

function draw(hash: string): string | null {
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(hash), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** A blurred picture of a thumbhash, as an address; undefined where there is none. */
export function blurOf(hash: string | null): string | undefined {
  if (hash === null) return undefined;
  const held = drawn.get(hash);
  if (held !== undefined) return held ?? undefined;
  const made = draw(hash);
  drawn.set(hash, made);
  const [oldest] = drawn.keys();
  if (drawn.size > KEPT && oldest !== undefined) drawn.delete(oldest);
  return made ?? undefined;
}
