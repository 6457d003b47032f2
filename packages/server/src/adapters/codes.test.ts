import { expect, test } from 'bun:test';
import { readConfig } from '../config.ts';
import { createCodeSenders } from './codes.ts';

function chosen(env: Record<string, string>) {
  const read = readConfig(env);
  if (!read.ok) throw new Error(read.mistakes.join('\n'));
  const lines: string[] = [];
  const deps = { write: (line: string) => lines.push(line), now: () => 0, nonce: () => 'nonce' };
  return { ...createCodeSenders(read.config.codes, deps), lines };
}

const names = ({ email, sms }: ReturnType<typeof chosen>) => [email.name, sms.name];

test('without settings both channels print on the terminal', async () => {
  const senders = chosen({});
  expect(names(senders)).toEqual(['terminal', 'terminal']);
  const message = { code: '482913', app: 'Teahouse', locale: 'en', minutes: 10 } as const;
  await senders.email.send({ ...message, to: 'ann@example.com' });
  await senders.sms.send({ ...message, to: '+8613800138000' });
  expect(senders.lines.map((line) => line.split(' ')[3])).toEqual(['ann@example.com', '+8613800138000']);
});

test('each channel takes the adapter that the settings name', () => {
  const smtp = {
    INLAY_EMAIL_CODES: 'smtp',
    INLAY_SMTP_URL: 'smtp://mail.example.com',
    INLAY_SMTP_FROM: 'Teahouse <no-reply@example.com>',
  };
  const twilio = {
    INLAY_SMS_CODES: 'twilio',
    INLAY_TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000001',
    INLAY_TWILIO_AUTH_TOKEN: 'token',
    INLAY_TWILIO_FROM: '+15005550006',
  };
  const aliyun = {
    INLAY_SMS_CODES: 'aliyun',
    INLAY_ALIYUN_ACCESS_KEY_ID: 'id',
    INLAY_ALIYUN_ACCESS_KEY_SECRET: 'secret',
    INLAY_ALIYUN_SIGN_NAME: '茶馆',
    INLAY_ALIYUN_TEMPLATE_CODE: 'SMS_15305',
  };
  expect(names(chosen({ ...smtp, ...twilio }))).toEqual(['smtp', 'twilio']);
  expect(names(chosen({ ...smtp, ...aliyun }))).toEqual(['smtp', 'aliyun']);
  expect(names(chosen(twilio))).toEqual(['terminal', 'twilio']);
});
