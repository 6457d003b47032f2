import { LIMITS } from '@inlay-im/protocol';

/** Control characters, and those that turn the direction of what follows (Unicode Bidirectional Algorithm, UAX #9). */
const HIDDEN = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
/** A name that is none. */
const NAMELESS = 'file';

/** What comes behind the last dot, with it; empty where there is none. */
const extensionOf = (name: string): string => /.(\.[^.\s]{1,10})$/su.exec(name)?.[1] ?? '';

/** Shortens a name to so many UTF-16 units, between characters, keeping its ending. */
function shortened(name: string, length: number): string {
  if (name.length <= length) return name;
  const ending = extensionOf(name);
  const start = name.slice(0, length - ending.length);
  return `${start.isWellFormed() ? start : start.slice(0, -1)}${ending}`;
}

/** The last part of a path, in any script, without characters that are not seen or that turn others around. */
export function safeName(given: string): string {
  const name = given
    .normalize('NFC')
    .replace(HIDDEN, '')
    .replace(/^.*[/\\]/su, '')
    .replace(/\s+/gu, ' ')
    .trim();
  return /^\.*$/u.test(name) ? NAMELESS : shortened(name, LIMITS.fileName);
}

/** The name with the ending that belongs to what the bytes became. */
export function renamed(name: string, ending: string): string {
  const stem = name.slice(0, name.length - extensionOf(name).length);
  return shortened(`${stem}${ending}`, LIMITS.fileName);
}
