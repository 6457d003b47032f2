import { type Client, type ClientOptions, createClient, InlayError } from '@inlay-im/client';
import { indexedDbStorage } from '@inlay-im/client/indexeddb';
import { firstThis, firstToken, subjectOf } from './host-token.ts';

export { firstThis, firstToken, subjectOf };

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
  /**
   * The app's id of who is signed in with it. With it the backend is asked for a token only when one is needed; without
   * it at each start, as whoever signs in with the app after someone else must not find that one's conversations.
   */
  readonly user?: string;
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

const wayIn = ({ getToken, tokenUrl }: ConnectionProps) =>
  getToken ?? (tokenUrl === undefined ? undefined : () => fetchToken(tokenUrl));

/**
 * A client for this person, empty for whoever signs in; it is not connected yet. What it keeps has a place of its own
 * for each node, so that no node is shown what another one gave to sign in with.
 */
export function clientOf(
  { url: given, app }: Pick<ConnectionProps, 'url' | 'app'>,
  person: string,
  auth?: () => Promise<string>,
): Client {
  const page = globalThis as { location?: { origin: string }; indexedDB?: unknown };
  const url = given ?? page.location?.origin ?? 'http://127.0.0.1:7400';
  const name = ['inlay', url, app ?? '', person].join(' ');
  const options: ClientOptions = {
    url,
    ...(app === undefined ? {} : { app }),
    ...(auth === undefined ? {} : { auth }),
    ...(page.indexedDB === undefined ? {} : { storage: indexedDbStorage(name) }),
  };
  return createClient(options);
}

/** A client for whoever it is, where that is known or for the kit's own sign-in to say; else undefined. */
export function clientFrom(props: ConnectionProps): Client | undefined {
  const ask = wayIn(props);
  if (ask === undefined) return clientOf(props, '');
  return props.user === undefined ? undefined : clientOf(props, `user:${props.user}`, ask);
}

/** Stands in until it is known who is there: it holds nothing and connects nowhere. */
export const blankClient = (): Client => createClient({ url: 'http://127.0.0.1:7400' });

/** A client for whom the app's backend says is there. Undefined once `signal` says that nobody waits any more. */
export async function clientForHost(
  props: ConnectionProps,
  signal: AbortSignal,
): Promise<Client | undefined> {
  const ask = wayIn(props);
  if (ask === undefined) return undefined;
  const token = await firstToken(ask, signal);
  if (signal.aborted) return undefined;
  // Nobody is signed in there: a client that asks once more, and says so.
  if (token === undefined) return clientOf(props, 'nobody', ask);
  return clientOf(props, `user:${subjectOf(token) ?? ''}`, firstThis(token, ask));
}
