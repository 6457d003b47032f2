import { InlayError, LIMITS } from '@inlay-im/protocol';

const NOT_TEXT = 'Expected text without the character U+0000 and without half surrogate pairs.';

/** A string that PostgreSQL can store and UTF-8 can carry. */
const isText = (s: string): boolean => s.isWellFormed() && !s.includes('\0');

function walk(value: unknown, depth: number): void {
  if (typeof value === 'string') {
    if (!isText(value)) throw new InlayError('invalid_input', NOT_TEXT);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (depth === 0)
    throw new InlayError('too_large', `The JSON is nested deeper than ${LIMITS.jsonDepth}; make it flatter.`);
  if (Array.isArray(value)) {
    for (const item of value) walk(item, depth - 1);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (!isText(key)) throw new InlayError('invalid_input', NOT_TEXT);
    walk(item, depth - 1);
  }
}

/** Parses JSON from outside: bounded in depth, and with strings that can be stored. Its length is bounded before. */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InlayError('invalid_input', 'Expected JSON (RFC 8259).');
  }
  walk(value, LIMITS.jsonDepth);
  return value;
}
