import type { ByteRange } from '../../ports/blobs.ts';

/** What a header can hold of a name without its being encoded (RFC 6266 appendix D): no quotes, no percent signs. */
function ascii(name: string): string {
  return name.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\%]/g, '_');
}

/** RFC 8187 section 3.2.1: all but attr-char as percent-encoded UTF-8. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Content-Disposition (RFC 6266) with the name for old and for new readers. */
export function disposition(how: 'inline' | 'attachment', name: string): string {
  return `${how}; filename="${ascii(name)}"; filename*=UTF-8''${encoded(name)}`;
}

/**
 * The one range that a Range header asks for (RFC 9110 section 14.2). Undefined: all of it, as for what is no range
 * of bytes, or several of them. Null: nothing of it is there, which is 416.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | undefined | null {
  const [, first = '', last = ''] = /^bytes=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? null : { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  // Backwards, it is no range at all, section 14.1.1.
  if (last !== '' && Number(last) < start) return undefined;
  return start < size ? { start, end } : null;
}
