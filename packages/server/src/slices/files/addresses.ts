import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { LIMITS } from '@inlay-im/protocol';

/** What an address leads to. */
export interface Addressed {
  app: number;
  file: string;
  /** Of a step; undefined: the whole. */
  width: number | undefined;
  /** Key of the conversation: good while a message of it carries the file. Null: the owner's, good while it is there. */
  conversation: string | null;
}

export type Checked =
  | { state: 'good'; what: Addressed; expiresAt: number }
  | { state: 'expired' | 'altered' };

/** Addresses made in the same stretch are equal, so that browsers find what they fetched before. */
const STRETCH = LIMITS.fileAddress / 2;
const PATH = /^\/media\/([1-9]\d{0,8})\/([0-9a-f-]{36})(?:\/([1-9]\d{0,4}))?$/;

/** The key of addresses; of the database's secret as other keys are, so that all its nodes have the same. */
export const addressKey = (tokenSecret: string): Uint8Array =>
  createHmac('sha256', tokenSecret).update('address of a file').digest();

/** When an address that is made now ends: within half of `LIMITS.fileAddress` to all of it. */
export const expiryAt = (now: number): number => (Math.floor(now / STRETCH) + 2) * STRETCH;

const pathOf = ({ app, file, width }: Addressed): string =>
  `/media/${app}/${file}${width === undefined ? '' : `/${width}`}`;

/** One block of a cipher: keys of conversations count all that the node has, of every app, which concerns nobody. */
const sealing = (key: Uint8Array) =>
  ['aes-256-ecb', createHmac('sha256', key).update('conversation').digest(), null] as const;

function seal(key: Uint8Array, conversation: string): string {
  const block = Buffer.alloc(16);
  block.writeBigUInt64BE(BigInt(conversation));
  return createCipheriv(...sealing(key))
    .setAutoPadding(false)
    .update(block)
    .toString('base64url');
}

const unseal = (key: Uint8Array, sealed: string): string =>
  createDecipheriv(...sealing(key))
    .setAutoPadding(false)
    .update(Buffer.from(sealed, 'base64url'))
    .readBigUInt64BE()
    .toString();

/** `sealed`: of the conversation; empty where there is none. */
function signature(key: Uint8Array, path: string, o: { sealed: string; expiresAt: number }): Buffer {
  return createHmac('sha256', key).update(`${path} ${o.sealed} ${o.expiresAt}`).digest();
}

/** The path and query of an address: whoever holds it may have the bytes until it ends. */
export function signAddress(key: Uint8Array, what: Addressed, expiresAt: number): string {
  const path = pathOf(what);
  const sealed = what.conversation === null ? '' : seal(key, what.conversation);
  const s = signature(key, path, { sealed, expiresAt }).toString('base64url');
  return `${path}?e=${expiresAt}${sealed && `&c=${sealed}`}&s=${s}`;
}

/** What a signed address leads to; `altered` for everything that was not signed here. */
export function checkAddress(key: Uint8Array, url: URL, now: number): Checked {
  const [, app, file, width] = PATH.exec(url.pathname) ?? [];
  const { e, c: sealed = '', s } = Object.fromEntries(url.searchParams);
  if (app === undefined || file === undefined || !/^[1-9]\d{0,14}$/.test(e ?? ''))
    return { state: 'altered' };
  const expiresAt = Number(e);
  const given = Buffer.from(s ?? '', 'base64url');
  const expected = signature(key, url.pathname, { sealed, expiresAt });
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { state: 'altered' };
  if (expiresAt <= now) return { state: 'expired' };
  const what = {
    app: Number(app),
    file,
    width: width === undefined ? undefined : Number(width),
    conversation: sealed === '' ? null : unseal(key, sealed),
  };
  return { state: 'good', what, expiresAt };
}
