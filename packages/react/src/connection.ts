import { type Client, type ClientOptions, createClient, InlayError } from '@inlay-im/client';
import { indexedDbStorage } from '@inlay-im/client/indexeddb';

/** How the kit reaches a node and signs in: with a client of your own, or by these. */
export interface ConnectionProps {
  /** A client that the app made and signs in itself; everything below is then left out. */
  readonly client?: Client;
  /** The node's address; by default the page's own origin. */
  readonly url?: string;
  /** The app's id where the node serves several. */
  readonly app?: string;
  /** Where the app's backend gives a token to whoever is signed in with it, by POST; text, or JSON with `token`. */
  readonly tokenUrl?: string;
  /** The same as a function, for whatever a URL cannot say. */
  readonly getToken?: () => Promise<string>;
}

/**
 * Asks the app's backend for a token. Where it answers 401 or 403 nobody is signed in there, which asking again does
 * not change: that is an `InlayError`, and the client is signed out.
 */
export async function fetchToken(tokenUrl: string): Promise<string> {
  const answer = await fetch(tokenUrl, { method: 'POST', credentials: 'include' });
  if (answer.status === 401 || answer.status === 403)
    throw new InlayError('wrong_credentials', `${tokenUrl} says that nobody is signed in`);
  if (!answer.ok) throw new Error(`Inlay: ${tokenUrl} answered ${answer.status}; expected 200 and a token`);
  const text = (await answer.text()).trim();
  if (!text.startsWith('{')) return text;
  const { token } = JSON.parse(text) as { token?: unknown };
  if (typeof token !== 'string') throw new Error(`Inlay: ${tokenUrl} gave JSON without a string "token"`);
  return token;
}

/** A client of the kit's own, which is not connected yet. */
export function clientFrom({ url, app, tokenUrl, getToken }: ConnectionProps): Client {
  const page = globalThis as { location?: { origin: string }; indexedDB?: unknown };
  const auth = getToken ?? (tokenUrl === undefined ? undefined : () => fetchToken(tokenUrl));
  const name = ['inlay', app, tokenUrl].filter((part) => part !== undefined).join(':');
  const options: ClientOptions = {
    url: url ?? page.location?.origin ?? 'http://127.0.0.1:7400',
    ...(app === undefined ? {} : { app }),
    ...(auth === undefined ? {} : { auth }),
    ...(page.indexedDB === undefined ? {} : { storage: indexedDbStorage(name) }),
  };
  return createClient(options);
}
