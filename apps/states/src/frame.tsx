import type { Client } from '@inlay-im/client';
import { Inlay, LANGUAGES, type Language, type Theme } from '@inlay-im/react';
import { useEffect, useMemo, useState } from 'react';
import { clientOf } from './data/client.ts';
import type { State } from './sections/section.ts';

/** How all states are looked at. */
export interface View {
  readonly theme: Theme;
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly width: number;
}

/** A language that is written from right to left, with the texts of the one that was chosen. */
function mirrored(locale: string): Readonly<Record<string, Language>> {
  const load = (LANGUAGES[locale] ?? (LANGUAGES.en as Language)).load;
  return { ar: { name: 'Right to left', load } };
}

function useClientOf(state: State): Client | undefined {
  const [client, setClient] = useState<Client | undefined>(undefined);
  useEffect(() => {
    let left = false;
    const made = clientOf(state.world());
    void made.then((one) => left || setClient(one));
    return () => {
      left = true;
      void made.then((one) => one.disconnect());
    };
  }, [state]);
  return client;
}

/** One state in a frame of its own, with a link to itself. */
export function Frame({ path, state, view }: { path: string; state: State; view: View }) {
  const client = useClientOf(state);
  const { locale, direction, theme } = view;
  const languages = useMemo(() => mirrored(locale), [locale]);
  const width = Math.min(view.width, state.width ?? view.width);
  return (
    <article className="state" id={path} data-ready={client !== undefined}>
      <h3>
        <a href={`#/${path}`}>{state.title}</a>
      </h3>
      <div className="frame" style={{ width, ...(state.height ? { height: state.height } : {}) }}>
        {client && (
          <Inlay
            client={client}
            theme={theme}
            locale={direction === 'rtl' ? 'ar' : locale}
            {...(direction === 'rtl' ? { languages } : {})}
          >
            <div className="shown">{state.show()}</div>
          </Inlay>
        )}
      </div>
    </article>
  );
}
