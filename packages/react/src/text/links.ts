import { Cell } from '@inlay-im/client';
import type { LinkifyIt } from 'linkify-it';
import { useEffect } from 'react';
import { useStore } from '../hooks/store.ts';

/** Finds what in a text is a link. */
export type FindLinks = Pick<LinkifyIt, 'match'>;

/** Every link has a dot between letters or digits, or a scheme; most texts have neither, and need no look. */
const PERHAPS = /[\p{L}\d]\.[\p{L}\d]|:\/\/|mailto:/iu;

const finder = new Cell<FindLinks | undefined>(undefined);
let loading: Promise<void> | undefined;

/** Loads what finds links, once; a failed load is tried again with the next text. */
export function loadLinks(): Promise<void> {
  loading ??= import('linkify-it').then(
    ({ LinkifyIt }) => finder.set(new LinkifyIt({ fuzzyLink: true }).add('ftp:', null).add('//', null)),
    () => {
      loading = undefined;
    },
  );
  return loading;
}

/** What finds links, once it is loaded. */
export const linksNow = (): FindLinks | undefined => finder.get();

const NONE = { get: () => undefined, subscribe: () => () => {} };

/** What finds the links of a text; undefined where it can have none, or until it is loaded. */
export function useLinks(text: string): FindLinks | undefined {
  const perhaps = PERHAPS.test(text);
  useEffect(() => {
    if (perhaps) void loadLinks();
  }, [perhaps]);
  return useStore<FindLinks | undefined>(perhaps ? finder : NONE);
}
