import type { Store } from '@inlay-im/client';
import { Messenger, SignIn, useInlay, useMe, useSettings, useStore } from '@inlay-im/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { place as address, go, leave, placeOf } from './address.ts';
import { onOpenFromNotification } from './service-worker.ts';

export interface AppProps {
  /** Goes on once it is known who is signed in. Fails where signing in did. */
  readonly begun: Promise<void>;
  /** Whether somebody signs in by the address: what is kept may be someone else's. */
  readonly arriving: boolean;
  /** Lets a new version of the page take over; undefined while there is none. */
  readonly update: Store<(() => void) | undefined>;
  readonly install: Store<(() => void) | undefined>;
}

/** Stands where the messenger will be. It is seen only if that takes a while. */
function Waiting() {
  const { t } = useInlay();
  return (
    <div className="app-waiting" role="status" aria-label={t('app.loading')}>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <span key={row} className="inlay-skeleton" />
      ))}
    </div>
  );
}

/** Offers the new version of the page, and leaves when to take it to the person. */
function useUpdate(update: AppProps['update']): void {
  const { toast, t } = useInlay();
  const activate = useStore(update);
  useEffect(() => {
    if (activate === undefined) return;
    toast({ text: t('app.update'), lasting: true, action: { label: t('app.reload'), run: activate } });
  }, [activate, toast, t]);
}

function useBegun(begun: Promise<void>): boolean {
  const { attempt } = useInlay();
  const [ready, setReady] = useState(false);
  useEffect(() => {
    attempt(begun).then(
      () => setReady(true),
      () => setReady(true),
    );
  }, [begun, attempt]);
  return ready;
}

/** The page around the kit is in the kit's language and theme, the browser's own bars included. */
function usePageLooks(): void {
  const { locale } = useInlay();
  const [{ theme }] = useSettings();
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    const bars = document.head.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]');
    for (const bar of bars) {
      bar.dataset.own ??= bar.media;
      // Of two that are for different schemes the one that is chosen is for both.
      const chosen = theme === 'system' || bar.dataset.own.includes(theme);
      bar.media = theme === 'system' ? bar.dataset.own : chosen ? 'all' : 'not all';
    }
  }, [theme]);
}

/** Whoever signs in next begins at the list: the address may name a conversation of the one who left. */
function useLeaving(me: string | undefined): void {
  const before = useRef(me);
  useEffect(() => {
    if (before.current !== undefined && before.current !== me) leave();
    before.current = me;
  }, [me]);
}

/** The whole page: signing in, or the messenger at the place that the address names. */
export function App({ begun, arriving, update, install }: AppProps) {
  const me = useMe();
  const ready = useBegun(begun);
  const hash = useStore(address);
  const place = useMemo(() => placeOf(hash), [hash]);
  const offer = useStore(install);
  useUpdate(update);
  useEffect(() => onOpenFromNotification((conversation) => go({ conversation })), []);
  usePageLooks();
  useLeaving(me?.id);
  if (!ready && (me === undefined || arriving)) return <Waiting />;
  if (me === undefined) return <SignIn autoFocus />;
  return <Messenger place={place} onPlace={go} install={offer} />;
}
