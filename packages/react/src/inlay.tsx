import type { Client } from '@inlay-im/client';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useHosts } from './around/hosts.tsx';
import { blankClient, type ConnectionProps, clientForHost, clientFrom } from './connection.ts';
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

/**
 * The app's client as it is, or one of our own that is connected for as long as this is shown. Until the app's backend
 * has said who is there it is one that holds nothing.
 */
function useOwnClient(props: ConnectionProps): Client {
  const { client, url, app, tokenUrl, getToken, user } = props;
  const [blank] = useState(blankClient);
  const [found, setFound] = useState<Client | undefined>(undefined);
  // A getter may be written in place, and so be another one at each rendering: the client keeps the first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  const known = useMemo(
    () => client ?? clientFrom({ ...props }),
    [client, url, app, tokenUrl, getToken === undefined, user],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    if (client !== undefined) return;
    const over = new AbortController();
    const making = known === undefined ? clientForHost(props, over.signal) : Promise.resolve(known);
    void making.then((own) => {
      if (own === undefined || over.signal.aborted) return;
      if (known === undefined) setFound(own);
      own.connect().catch(() => {});
      over.signal.addEventListener('abort', () => void own.disconnect());
    });
    return () => {
      over.abort();
      setFound(undefined);
    };
  }, [client, known, url, app, tokenUrl, getToken === undefined]);
  return known ?? found ?? blank;
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
