/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { reasonOf } from '../errors.ts';
import { useAround } from '../hooks.ts';
import { LOCALES, type Locale } from '../i18n/index.ts';
import { CodeForm, GuestForm, PasswordForm, TokenForm } from './sign-in-forms.tsx';

const WAYS = { password: PasswordForm, code: CodeForm, guest: GuestForm, token: TokenForm } as const;
type Way = keyof typeof WAYS;

export function LocaleChoice() {
  const { locale, setLocale, t } = useAround();
  return (
    <label class="locale">
      <span class="unseen">{t('app.language')}</span>
      <select value={locale} onChange={(event) => setLocale(event.currentTarget.value as Locale)}>
        {Object.entries(LOCALES).map(([id, name]) => (
          <option key={id} value={id} lang={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Runs what a form asks for, with its button at rest meanwhile and what went wrong in words. */
export interface Attempt {
  readonly busy: boolean;
  readonly problem: ComponentChildren;
  run(task: () => Promise<void>): void;
}

function useAttempt(before = ''): Attempt {
  const { t } = useAround();
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState(before);
  return {
    busy,
    problem: (
      <p class="problem" role="alert">
        {reason}
      </p>
    ),
    run(task) {
      setBusy(true);
      setReason('');
      task()
        .catch((error: unknown) => setReason(reasonOf(t, error)))
        .finally(() => setBusy(false));
    },
  };
}

/** The ways in, one at a time. */
export function SignIn({ problem }: { problem: string }) {
  const { t } = useAround();
  const [way, setWay] = useState<Way>(problem === '' ? 'password' : 'token');
  const attempt = useAttempt(problem);
  const Form = WAYS[way];
  return (
    <main class="sign-in">
      <div class="card">
        <header>
          <span class="logo" aria-hidden="true" />
          <h1>{t('app.name')}</h1>
          <p>{t('signIn.intro')}</p>
        </header>
        <fieldset class="ways" aria-label={t('signIn.ways')}>
          {(Object.keys(WAYS) as Way[]).map((each) => (
            <button type="button" key={each} aria-pressed={way === each} onClick={() => setWay(each)}>
              {t(`signIn.${each}`)}
            </button>
          ))}
        </fieldset>
        <Form key={way} attempt={attempt} />
        {attempt.problem}
      </div>
      <LocaleChoice />
    </main>
  );
}
