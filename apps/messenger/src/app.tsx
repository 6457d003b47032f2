import type { Store } from '@inlay-im/client';
import { Messenger, SignIn, useInlay, useMe, useStore } from '@inlay-im/react';
import { useEffect, useMemo, useState } from 'react';
import { place as address, go, placeOf } from './address.ts';
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
    toast({ text: t('app.update'), action: { label: t('app.reload'), run: activate } });
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

/** The whole page: signing in, or the messenger at the place that the address names. */
export function App({ begun, arriving, update, install }: AppProps) {
  const { locale } = useInlay();
  const me = useMe();
  const ready = useBegun(begun);
  const hash = useStore(address);
  const place = useMemo(() => placeOf(hash), [hash]);
  const offer = useStore(install);
  useUpdate(update);
  useEffect(() => onOpenFromNotification((conversation) => go({ conversation })), []);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  if (!ready && (me === undefined || arriving)) return <Waiting />;
  if (me === undefined) return <SignIn />;
  return <Messenger place={place} onPlace={go} install={offer} />;
}
