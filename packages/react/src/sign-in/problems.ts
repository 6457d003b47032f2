import { InlayError } from '@inlay-im/client';
import type { Translate } from '../i18n/index.ts';
import { reasonOf } from '../text/errors.ts';

/** What is wrong, by the name of the field; '' for what belongs to none. */
export type Problems = Readonly<Record<string, string>>;

export const NO_PROBLEMS: Problems = {};

/** Fields that people see under another name than the wire has. */
const SEEN: Readonly<Record<string, string>> = {
  to: 'address',
  phone: 'address',
  email: 'address',
  ticket: 'code',
};

export interface Circumstances {
  readonly t: Translate;
  readonly locale: string;
  /** The names of the form's fields. */
  readonly fields: readonly string[];
  /** What is said where the node refuses what the form is for. */
  readonly refused: string | undefined;
}

/** `in 45 seconds`, `in 3 minutes`. */
function soon(locale: string, ms: number): string {
  const relative = new Intl.RelativeTimeFormat(locale);
  const seconds = Math.ceil(ms / 1000);
  return seconds < 90
    ? relative.format(seconds, 'second')
    : relative.format(Math.ceil(seconds / 60), 'minute');
}

function textOf(error: unknown, { t, locale, refused }: Circumstances): string {
  if (!(error instanceof InlayError)) return reasonOf(t, error);
  if (error.code === 'forbidden' && refused !== undefined) return refused;
  if (error.code === 'rate_limited' && error.retryAfter !== undefined)
    return t('signIn.tooOften', { when: soon(locale, error.retryAfter) });
  return reasonOf(t, error);
}

/** What the node or the network said about a form, at the field that it is about. */
export function problemsOf(error: unknown, around: Circumstances): Problems {
  const wire = error instanceof InlayError ? error.field?.split('.').at(-1) : undefined;
  const field = wire === undefined ? '' : (SEEN[wire] ?? wire);
  return { [around.fields.includes(field) ? field : '']: textOf(error, around) };
}
