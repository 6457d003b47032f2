import { describe, expect, test } from 'bun:test';
import type { CodeMessage } from '../../ports/codes.ts';
import { CODE_TEXTS, codeText } from './index.ts';

const message: CodeMessage = {
  to: 'ann@example.com',
  code: '482913',
  app: 'Teahouse',
  locale: 'en',
  minutes: 10,
};
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
const keys = Object.keys(CODE_TEXTS.en) as (keyof typeof CODE_TEXTS.en)[];

describe('the texts around a code', () => {
  test('are complete in every language, with the same placeholders', () => {
    for (const texts of Object.values(CODE_TEXTS)) {
      expect(Object.keys(texts).sort()).toEqual([...keys].sort());
      for (const key of keys) {
        expect(texts[key].trim()).not.toBe('');
        expect({ key, has: placeholders(texts[key]) }).toEqual({
          key,
          has: placeholders(CODE_TEXTS.en[key]),
        });
      }
    }
  });

  test('are not one language under two names', () => {
    for (const key of keys) expect(CODE_TEXTS['zh-CN'][key]).toMatch(/\p{Script=Han}/u);
    for (const key of keys) expect(CODE_TEXTS.en[key]).not.toMatch(/\p{Script=Han}/u);
  });

  test('leave no placeholder open', () => {
    for (const locale of ['en', 'zh-CN'] as const)
      for (const key of keys) expect(codeText(key, { ...message, locale })).not.toMatch(/[{}]/);
  });

  test('cost one SMS: 160 characters of GSM 7-bit, or 70 with Chinese', () => {
    const english = codeText('sms', message);
    expect(english.length).toBeLessThanOrEqual(160);
    expect(english).toMatch(/^[\x20-\x7e]+$/);
    expect(codeText('sms', { ...message, locale: 'zh-CN', app: '茶馆' }).length).toBeLessThanOrEqual(70);
  });

  test('stay on one line, whatever a name contains', () => {
    const forged = codeText('terminal', { ...message, app: 'Tea\r\nhouse\u001b[2J\u2028\u202e' });
    expect(forged).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
    expect(forged).toContain('Tea house');
  });

  test('do not fill placeholders that a name brings along', () => {
    expect(codeText('emailSubject', { ...message, app: '{code}' })).toBe('Your sign-in code for {code}');
  });
});
