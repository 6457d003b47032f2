import { createHmac, timingSafeEqual } from 'node:crypto';
import { LIMITS } from '@inlay-im/protocol';

/** What an address leads to. */
export interface Addressed {
  app: number;
  file: string;
  /** Of a step; undefined: the whole. */
  width: number | undefined;
  /** Given to the owner: good while the file is there. Otherwise good while a message carries it. */
  own: boolean;
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

function signature(key: Uint8Array, what: Addressed, expiresAt: number): Buffer {
  const text = `${what.own ? 'own' : 'carried'} ${pathOf(what)} ${expiresAt}`;
  return createHmac('sha256', key).update(text).digest();
}

/** The path and query of an address: whoever holds it may have the bytes until it ends. */
export function signAddress(key: Uint8Array, what: Addressed, expiresAt: number): string {
  const s = signature(key, what, expiresAt).toString('base64url');
  return `${pathOf(what)}?e=${expiresAt}${what.own ? '&o=1' : ''}&s=${s}`;
}

/** What a signed address leads to; `altered` for everything that was not signed here. */
export function checkAddress(key: Uint8Array, url: URL, now: number): Checked {
  const [, app, file, width] = PATH.exec(url.pathname) ?? [];
  const { e, o, s } = Object.fromEntries(url.searchParams);
  if (app === undefined || file === undefined || !/^[1-9]\d{0,14}$/.test(e ?? ''))
    return { state: 'altered' };
  const what = {
    app: Number(app),
    file,
    width: width === undefined ? undefined : Number(width),
    own: o === '1',
  };
  const expiresAt = Number(e);
  const given = Buffer.from(s ?? '', 'base64url');
  const expected = signature(key, what, expiresAt);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { state: 'altered' };
  return expiresAt > now ? { state: 'good', what, expiresAt } : { state: 'expired' };
}
