import { type Client, type ClientOptions, createClient } from '@inlay-im/client';
import { indexedDbStorage } from '@inlay-im/client/indexeddb';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useHosts } from './around/hosts.tsx';
import { type Kit, KitContext } from './context.ts';
import { useStore } from './hooks/store.ts';
import { en } from './i18n/en.ts';
import {
  type Catalogue,
  directionOf,
  LANGUAGES,
  type Language,
  localeFor,
  translator,
} from './i18n/index.ts';
import type { Parts } from './parts.ts';
import { DEFAULTS, type Settings, SettingsStore, type Theme } from './settings.ts';

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

export interface InlayProps extends ConnectionProps {
  /** A BCP 47 tag. By default what the person chose, else what the browser says. */
  readonly locale?: string;
  readonly theme?: Theme;
  /** Further languages, or texts of the app's own for a language that is there. */
  readonly languages?: Readonly<Record<string, Language>>;
  /** Parts of the app's own in place of the kit's. */
  readonly components?: Partial<Parts>;
  readonly children?: ReactNode;
}

/** Asks the app's backend for a token. */
async function fetchToken(tokenUrl: string): Promise<string> {
  const answer = await fetch(tokenUrl, { method: 'POST', credentials: 'include' });
  if (!answer.ok) throw new Error(`Inlay: ${tokenUrl} answered ${answer.status}; expected 200 and a token`);
  const text = (await answer.text()).trim();
  if (!text.startsWith('{')) return text;
  const { token } = JSON.parse(text) as { token?: unknown };
  if (typeof token !== 'string') throw new Error(`Inlay: ${tokenUrl} gave JSON without a string "token"`);
  return token;
}

function clientFrom({ url, app, tokenUrl, getToken }: ConnectionProps): Client {
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

/** The app's client as it is, or one of our own that is connected for as long as this is shown. */
function useOwnClient(props: ConnectionProps): Client {
  const { client, url, app, tokenUrl, getToken } = props;
  // A getter may be written in place, and so be another one at each rendering: the client keeps the first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  const own = useMemo(
    () => client ?? clientFrom({ ...props }),
    [client, url, app, tokenUrl, getToken === undefined],
  );
  useEffect(() => {
    if (client !== undefined) return;
    own.connect().catch(() => {});
    return () => void own.disconnect();
  }, [client, own]);
  return own;
}

function useSettingsStore(): SettingsStore {
  const [store] = useState(() => new SettingsStore());
  useEffect(() => {
    addEventListener('storage', store.reload);
    return () => removeEventListener('storage', store.reload);
  }, [store]);
  return store;
}

/** The texts of a language, once they are loaded; undefined before. */
function useCatalogue(locale: string, languages: Readonly<Record<string, Language>>) {
  const [loaded, setLoaded] = useState<{ locale: string; catalogue: Catalogue } | undefined>(
    locale === 'en' && languages.en === LANGUAGES.en ? { locale, catalogue: en } : undefined,
  );
  useEffect(() => {
    let wanted = true;
    const use = (catalogue: Catalogue) => wanted && setLoaded({ locale, catalogue });
    languages[locale]?.load().then(use, () => use(en));
    return () => {
      wanted = false;
    };
  }, [locale, languages]);
  return loaded;
}

const chosenLocale = (given: string | undefined, settings: Settings): readonly string[] =>
  [given, settings.locale, ...(globalThis.navigator?.languages ?? [])].filter((one) => one != null);

const NO_LANGUAGES: Readonly<Record<string, Language>> = {};
const NO_PARTS: Partial<Parts> = {};

/**
 * Everything of the kit stands within this: it holds the client, the person's settings, language and theme, and shows
 * menus, toasts and questions. It may be rendered on a server, where it shows the kit without any conversation.
 */
export function Inlay(props: InlayProps) {
  const { locale, theme, languages = NO_LANGUAGES, components = NO_PARTS, children } = props;
  const client = useOwnClient(props);
  const settings = useSettingsStore();
  const chosen = useStore(settings);
  const all = useMemo(() => ({ ...LANGUAGES, ...languages }), [languages]);
  const wanted = localeFor(chosenLocale(locale, chosen), Object.keys(all));
  const texts = useCatalogue(wanted, all);
  const shown = texts?.locale ?? 'en';
  const t = useMemo(() => translator(shown, texts?.catalogue), [shown, texts]);
  const { ways, hosts } = useHosts(t);
  const kit = useMemo<Kit>(
    () => ({ client, t, locale: shown, languages: all, settings, parts: components, ...ways }),
    [client, t, shown, all, settings, components, ways],
  );
  const look = theme ?? (chosen.theme === DEFAULTS.theme ? 'system' : chosen.theme);
  return (
    <div
      className="inlay"
      lang={shown}
      dir={directionOf(shown)}
      data-theme={look}
      data-text-size={chosen.textSize}
    >
      <KitContext.Provider value={kit}>
        {texts === undefined ? null : children}
        {hosts}
      </KitContext.Provider>
    </div>
  );
}
