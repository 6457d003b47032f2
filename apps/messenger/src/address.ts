/** What the page's address says. */
import type { Place } from '@inlay-im/react';

/**
 * Takes the token out of the fragment, `#token=…`, and off the address bar at once, so that it stays neither in the
 * history nor in what a person copies.
 */
export function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return token === '' ? undefined : token;
}

/** `?as=name` keeps a sign-in apart from the browser's others, so that one browser can be several people. */
export function profile(): string | undefined {
  const name = new URLSearchParams(location.search).get('as');
  return name !== null && /^[\w.@-]{1,64}$/.test(name) ? name : undefined;
}

const PAGES: readonly string[] = ['details', 'me', 'new'] satisfies NonNullable<Place['page']>[];

function decoded(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '');
  } catch {
    return '';
  }
}

/** The place that a fragment names: `#/c/<id>`, `#/me`, `#/c/<id>/details`. What is none of these is the list. */
export function placeOf(hash: string): Place {
  const [start, ...parts] = hash.split('/');
  if (start !== '#') return {};
  const id = parts[0] === 'c' ? decoded(parts[1]) : '';
  const page = parts[id === '' ? 0 : 2];
  return {
    ...(id === '' ? {} : { conversation: id }),
    ...(page !== undefined && PAGES.includes(page) && (id !== '' || page !== 'details')
      ? { page: page as NonNullable<Place['page']> }
      : {}),
  };
}

/** The fragment that names a place; '' for the list. */
export function hashOf({ conversation, page }: Place): string {
  const parts = [
    ...(conversation === undefined ? [] : ['c', encodeURIComponent(conversation)]),
    ...(page === undefined ? [] : [page]),
  ];
  return parts.length === 0 ? '' : `#/${parts.join('/')}`;
}

/** What the history keeps of an entry that this page made: the fragment of the one before it. */
interface Entry {
  readonly from: string;
}

/** Goes to a place in the history; back, where that is what lies behind, so that the back button does not go round. */
export function go(place: Place): void {
  const hash = hashOf(place);
  if (hash === hashOf(placeOf(location.hash))) return;
  const entry = history.state as Entry | null;
  if (entry?.from === hash) return history.back();
  const from = hashOf(placeOf(location.hash));
  history.pushState({ from } satisfies Entry, '', location.pathname + location.search + hash);
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
}

/** Forgets where the person was, in this entry of the history. */
export function leave(): void {
  history.replaceState(null, '', location.pathname + location.search);
  dispatchEvent(new PopStateEvent('popstate', { state: null }));
}

/** The place that the address names, as a store. */
export const place = {
  get: (): string => location.hash,
  subscribe(listener: () => void): () => void {
    addEventListener('popstate', listener);
    addEventListener('hashchange', listener);
    return () => {
      removeEventListener('popstate', listener);
      removeEventListener('hashchange', listener);
    };
  },
};

/** This device's name in the person's list of devices, as `Firefox, Linux`. */
export function deviceName(agent = navigator.userAgent): string {
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : (/(Firefox|OPR|Chrome|Safari)\//.exec(agent)?.[1] ?? 'Browser').replace('OPR', 'Opera');
  const system = /(Windows|Android|iPhone|iPad|Mac OS|Linux)/.exec(agent)?.[1];
  return system === undefined ? browser : `${browser}, ${system}`;
}
