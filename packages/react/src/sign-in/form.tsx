import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { Button } from '../primitives/button.tsx';
import { NO_PROBLEMS, type Problems, problemsOf } from './problems.ts';

export interface FormProps {
  /** The word on its button. */
  readonly label: string;
  /** What is wrong before anything is sent; nothing is sent then. */
  check?(): Problems;
  run(): Promise<unknown>;
  /** What is said where the node refuses what this form is for. */
  readonly refused?: string;
  /** Whether its first field has the focus from the start. */
  readonly focusFirst?: boolean;
  /** Sends the form by itself whenever this becomes another text; '' is none. */
  readonly complete?: string;
  /** The fields; each asks for its problem by its name. */
  children(problem: (field: string) => string): ReactNode;
  /** Stands below the button. */
  readonly after?: ReactNode;
}

const named = (form: HTMLFormElement): HTMLInputElement[] => [
  ...form.querySelectorAll<HTMLInputElement>('input[name]'),
];

/** What a form sends, one attempt at a time, and what came of it. */
function useSending({ check, run, refused }: FormProps) {
  const { t, locale } = useInlay();
  const form = useRef<HTMLFormElement>(null);
  const sending = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState(NO_PROBLEMS);
  /** Counts failures, so that each of them moves the focus once. */
  const [failures, setFailures] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when an attempt failed, not when a problem is gone.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [failures]);
  const failed = (found: Problems) => {
    setProblems(found);
    setFailures((count) => count + 1);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (form.current === null || sending.current) return;
    const fields = named(form.current).map(({ name }) => name);
    const found = check?.() ?? NO_PROBLEMS;
    if (Object.keys(found).length > 0) return failed(found);
    sending.current = true;
    setBusy(true);
    setProblems(NO_PROBLEMS);
    await run().catch((error: unknown) => failed(problemsOf(error, { t, locale, fields, refused })));
    sending.current = false;
    setBusy(false);
  };
  const forgive = ({ target }: FormEvent) => {
    const { [(target as HTMLInputElement).name]: gone, ...rest } = problems;
    if (gone !== undefined) setProblems(rest);
  };
  return { form, busy, problems, submit, forgive };
}

/**
 * A form that says what is wrong at the field it is about and puts the focus there. Its button stays within reach
 * while something is under way, as a disabled one would lose the focus.
 */
export function Form(props: FormProps) {
  const { t } = useInlay();
  const { label, focusFirst = false, complete = '', children, after } = props;
  const { form, busy, problems, submit, forgive } = useSending(props);
  useEffect(() => {
    if (focusFirst && form.current) named(form.current)[0]?.focus();
  }, [form, focusFirst]);
  useEffect(() => {
    if (complete !== '') form.current?.requestSubmit();
  }, [form, complete]);
  return (
    <form ref={form} className="inlay-form" noValidate onSubmit={submit} onInput={forgive}>
      {children((field) => problems[field] ?? '')}
      <p className="inlay-problem" role="alert">
        {problems['']}
      </p>
      <Button type="submit" look="primary" wide aria-disabled={busy}>
        {busy && <span className="inlay-busy" />}
        {busy ? t('signIn.busy') : label}
      </Button>
      {after}
    </form>
  );
}
