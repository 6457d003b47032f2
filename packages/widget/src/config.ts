/** What can be said in the attributes of the tag and of the custom element, and nothing of how it is done. */

/** How to reach a node, and who is there. */
export interface Connection {
  /** The node's address, without a slash at the end. */
  readonly url: string;
  /** The app's id where the node serves several. */
  readonly app?: string;
  /** Where the page's backend gives a token to whoever is signed in with it, by POST. */
  readonly tokenUrl?: string;
  /** The same as a function. */
  readonly getToken?: () => Promise<string>;
  /** The id of who is signed in with the page's backend, which then is asked for tokens less often. */
  readonly user?: string;
  /** Nobody needs to sign in: whoever opens the widget is a guest, of this name if it is not empty. */
  readonly guest?: string;
}

/** The one conversation that is shown; without any it is the list of all. */
export interface Target {
  /** The id of the person to talk to. */
  readonly to?: string;
  /** The id of a conversation. */
  readonly conversation?: string;
}

export interface Looks {
  readonly theme?: 'system' | 'light' | 'dark';
  /** A BCP 47 tag. */
  readonly locale?: string;
}

export interface ChatConfig extends Connection, Target, Looks {}

/** The corner: by the page's direction of writing, or the same whatever that is. */
export type Position = 'end' | 'start' | 'left' | 'right';

export interface LauncherConfig extends ChatConfig {
  readonly position: Position;
  /** Whether the panel is open from the start. */
  readonly open: boolean;
  /** Whether there is a launcher at all, or the tag serves custom elements alone. */
  readonly launcher: boolean;
}

/** Gives an attribute's text, or null where it is absent. */
type Read = (name: string) => string | null;

const POSITIONS: readonly string[] = ['end', 'start', 'left', 'right'] satisfies Position[];
const THEMES: readonly string[] = ['system', 'light', 'dark'];

/** Attributes of `<inlay-chat>`; those of the tag are the same after `data-`. */
export const ATTRIBUTES = [
  'url',
  'app',
  'token-url',
  'user',
  'guest',
  'to',
  'conversation',
  'theme',
  'locale',
] as const;

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without what is undefined, as an absent attribute must not hide what stands behind it. */
const present = <T extends object>(all: T): Present<T> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Present<T>;

/** One of a few words; anything else is as good as absent. */
const oneOf = <T extends string>(words: readonly string[], text: string | null): T | undefined =>
  text !== null && words.includes(text) ? (text as T) : undefined;

/** An attribute that is switched on by being there, unless it says otherwise. */
const isOn = (text: string | null): boolean => text !== null && !/^(?:false|off|no|0)$/i.test(text.trim());

/** An address without a slash at the end, read from `base`; undefined where it is none. */
const address = (text: string, base: string): string | undefined =>
  URL.parse(text, base)?.href.replace(/\/+$/, '');

/** What an element's or tag's attributes say; what they do not is absent. */
function read(get: Read, base: string): Partial<ChatConfig> {
  /** An empty attribute is one that a template had nothing for. */
  const text = (name: string) => get(name)?.trim() || undefined;
  const url = text('url');
  const to = text('to');
  return present({
    url: url && address(url, base),
    app: text('app'),
    tokenUrl: text('token-url'),
    user: text('user'),
    guest: get('guest')?.trim(),
    to,
    conversation: to === undefined ? text('conversation') : undefined,
    theme: oneOf<'system' | 'light' | 'dark'>(THEMES, get('theme')),
    locale: text('locale'),
  });
}

/**
 * What a tag says.
 *
 * @param get reads an attribute of the tag by its name after `data-`
 * @param src the address that the script came from: the node's, unless the tag names another
 */
export function readTag(get: Read, src: string): LauncherConfig {
  return {
    url: address('.', src) ?? src,
    position: oneOf<Position>(POSITIONS, get('position')) ?? 'end',
    open: isOn(get('open')),
    launcher: get('launcher') === null || isOn(get('launcher')),
    ...read(get, src),
  };
}

export interface ChatSource {
  readonly get: Read;
  /** The page's address, for those that are relative. */
  readonly base: string;
  readonly tag: LauncherConfig;
  /** The element's property. */
  readonly getToken: (() => Promise<string>) | undefined;
}

/**
 * What an element says; how to reach the node and who is there come from the page's tag where the element is silent.
 * An element with a way to sign in of its own takes none of the tag's.
 */
export function readChat({ get, base, tag, getToken }: ChatSource): ChatConfig {
  const { url, app, tokenUrl, user, guest, theme, locale } = tag;
  const own = { ...read(get, base), ...(getToken ? { getToken } : {}) };
  const signsIn = own.getToken !== undefined || own.tokenUrl !== undefined || own.guest !== undefined;
  const ways = signsIn ? {} : { tokenUrl, user, guest, getToken: tag.getToken };
  return { ...present({ app, theme, locale, ...ways }), url, ...own };
}

/** Connections with one key are one connection. */
export const keyOf = ({ url, app, tokenUrl, user, guest }: Connection): string =>
  JSON.stringify([url, app, tokenUrl, user, guest]);
