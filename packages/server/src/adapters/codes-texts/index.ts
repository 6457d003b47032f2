import type { CodeLocale, CodeMessage } from '../../ports/codes.ts';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

type Texts = Readonly<Record<keyof typeof en, string>>;

/** Every text that goes out with a code. */
export const CODE_TEXTS: Readonly<Record<CodeLocale, Texts>> = { en, 'zh-CN': zhCN };

/**
 * Names and addresses come from people: a control character in one could forge a line or drive a terminal, and a
 * change of writing direction could show another code than was sent.
 */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu;

/** The text of that key in the message's language, on one line. */
export function codeText(key: keyof Texts, message: CodeMessage): string {
  const { app, code, minutes, to } = message;
  const values: Record<string, string> = { app, code, minutes: String(minutes), to };
  return CODE_TEXTS[message.locale][key]
    .replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
    .replace(CONTROLS, ' ');
}
