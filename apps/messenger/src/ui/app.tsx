/** @jsxImportSource preact */
import type { Client } from '@inlay-im/client';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { openConversation } from '../address.ts';
import { reasonOf } from '../errors.ts';
import { type Around, AroundContext, useStore } from '../hooks.ts';
import { chooseLocale, type Locale, startLocale, translator } from '../i18n/index.ts';
import { Messenger } from './messenger.tsx';
import { SignIn } from './sign-in.tsx';

/** Goes on with the sign-in that is stored, or signs in with the token that came with the address. */
async function begin(client: Client, token: string | undefined): Promise<void> {
  if (token !== undefined) await client.signIn({ token });
  else await client.connect();
}

/** The whole page: signing in, or the messenger. */
export function App({ client, token }: { client: Client; token: string | undefined }) {
  const [locale, setLocale] = useState<Locale>(startLocale);
  const [ready, setReady] = useState(false);
  const [problem, setProblem] = useState<unknown>(undefined);
  const [open, setOpen] = useState(openConversation);
  const me = useStore(client.me);
  const around = useMemo<Around>(() => {
    const choose = (chosen: Locale) => {
      chooseLocale(chosen);
      setLocale(chosen);
    };
    return { client, locale, t: translator(locale), setLocale: choose };
  }, [client, locale]);

  useEffect(() => {
    const follow = () => setOpen(openConversation());
    addEventListener('hashchange', follow);
    addEventListener('popstate', follow);
    begin(client, token)
      .catch(async (error: unknown) => {
        setProblem(error);
        await client.connect();
      })
      .catch(setProblem)
      .finally(() => setReady(true));
    return () => {
      removeEventListener('hashchange', follow);
      removeEventListener('popstate', follow);
    };
  }, [client, token]);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);

  if (!ready && me === undefined) return null;
  return (
    <AroundContext.Provider value={around}>
      {me === undefined ? (
        <SignIn problem={problem === undefined ? '' : reasonOf(around.t, problem)} />
      ) : (
        <Messenger me={me} open={open} />
      )}
    </AroundContext.Provider>
  );
}
