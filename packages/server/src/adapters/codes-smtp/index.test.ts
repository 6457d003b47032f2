import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import {
  CodeRefused,
  CodeServiceBusy,
  CodeServiceFailed,
  CodeServiceTimeout,
  CodeServiceUnreachable,
} from '../../ports/codes.ts';
import { codeSenderContract } from '../codes.contract.ts';
import { smtpCodeSender, smtpOptions } from './index.ts';
import { type SmtpStandInOptions, smtpStandIn } from './stand-in.ts';

const USER = 'mailer@example.com';
/** With signs that a URL has to encode. */
const PASSWORD = 'p@ss:w/rd 1%';
const FROM = 'Teahouse <no-reply@example.com>';
const NOW = Date.UTC(2026, 10, 23, 8, 30);

async function open(options: SmtpStandInOptions = {}, given: { password?: string; timeoutMs?: number } = {}) {
  const server = await smtpStandIn({ user: USER, password: PASSWORD, ...options });
  const login = `${encodeURIComponent(USER)}:${encodeURIComponent(given.password ?? PASSWORD)}`;
  const url = `smtp://${login}@${server.host}`;
  const sender = smtpCodeSender({ url, from: FROM }, { now: () => NOW, timeoutMs: given.timeoutMs ?? 5_000 });
  const delivered = async () =>
    server.deliveries.map(({ to, email }) => ({ to: to.join(), text: `${email.subject}\n${email.text}` }));
  return { ...server, sender, delivered };
}

async function openNowhere() {
  const end = await open();
  await end.close();
  return { ...end, close: () => {} };
}

const refusing = (verb: string, reply: string) => () => open({ replies: { [verb]: reply } });

codeSenderContract({
  name: 'smtp',
  addresses: ['ann@example.com', 'bob@example.com'],
  secrets: [PASSWORD, encodeURIComponent(PASSWORD), 'wrong-password'],
  ownWords: true,
  open,
  notAddresses: [
    'ann@example.com,bob@example.com',
    'Ann <ann@example.com>',
    'ann@example.com>\r\nRCPT TO:<bob@example.com',
    '+8613800138000',
  ],
  troubles: [
    {
      what: 'a wrong password is final',
      error: CodeRefused,
      retryable: false,
      open: () => open({}, { password: 'wrong-password' }),
    },
    {
      what: 'an unknown mailbox is final',
      error: CodeRefused,
      retryable: false,
      open: refusing('RCPT', '550 5.1.1 <ann@example.com> unknown'),
    },
    {
      what: 'a full queue may pass',
      error: CodeServiceBusy,
      retryable: true,
      open: refusing('RCPT', '451 4.7.1 <ann@example.com> try again later'),
    },
    {
      what: 'too many connections may pass',
      error: CodeServiceBusy,
      retryable: true,
      open: refusing('EHLO', '421 4.7.0 too many'),
    },
    {
      what: 'a session in the wrong state may pass',
      error: CodeServiceFailed,
      retryable: true,
      open: refusing('MAIL', '503 5.5.1 not now'),
    },
    {
      what: 'a silent server is a time-out',
      error: CodeServiceTimeout,
      retryable: true,
      open: () => open({ silent: true }, { timeoutMs: 60 }),
    },
    {
      what: 'a refused connection may pass',
      error: CodeServiceUnreachable,
      retryable: true,
      open: openNowhere,
    },
  ],
});

describe('the e-mail', () => {
  let end: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    end = await open();
  });
  afterAll(() => end.close());

  test('has sender, date, subject, plain text and HTML, and asks for no automatic answer', async () => {
    await end.sender.send({
      to: 'ann@example.com',
      code: '482913',
      app: '茶馆',
      locale: 'zh-CN',
      minutes: 10,
    });
    const { from, email } = end.deliveries.at(-1) ?? expect.unreachable();
    expect(from).toBe('no-reply@example.com');
    expect(email.from).toMatchObject({ name: 'Teahouse', address: 'no-reply@example.com' });
    expect(email.to).toMatchObject([{ address: 'ann@example.com' }]);
    expect(new Date(email.date ?? '').getTime()).toBe(NOW);
    expect(email.subject).toBe('茶馆 登录验证码');
    expect(email.text?.trim()).toBe(
      '请输入以下验证码登录 茶馆：\n\n482913\n\n验证码 10 分钟内有效，请勿告诉他人。\n如果不是您本人在登录，请忽略此邮件。',
    );
    expect(email.html).toContain('<html lang="zh-CN">');
    expect(email.html).toMatch(/>482913<\/p>/);
    expect(email.headers).toContainEqual(
      expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
    );
  });

  test('cannot be rewritten by the name of an app', async () => {
    const app = '<b>x</b>\r\nBcc: eve@example.com';
    await end.sender.send({ to: 'ann@example.com', code: '482913', app, locale: 'en', minutes: 10 });
    const { to, email } = end.deliveries.at(-1) ?? expect.unreachable();
    expect(to).toEqual(['ann@example.com']);
    expect(email.bcc).toBeUndefined();
    expect(email.subject).toBe('Your sign-in code for <b>x</b> Bcc: eve@example.com');
    expect(email.html).not.toContain('<b>');
    expect(email.html).toContain('&lt;b&gt;');
  });
});

describe('the connection', () => {
  test('demands TLS before a password leaves the machine', async () => {
    expect(smtpOptions('smtp://user:pw@mail.example.com')).toMatchObject({ requireTLS: true });
    for (const url of [
      'smtp://mail.example.com',
      'smtp://user:pw@localhost',
      'smtp://user:pw@127.0.0.1:2525',
      'smtp://user:pw@mail.example.com?requireTLS=false',
    ])
      expect(smtpOptions(url)).not.toHaveProperty('requireTLS');
  });

  test('sends no password to a server that offers no TLS', async () => {
    const server = await smtpStandIn({ user: USER, password: PASSWORD });
    const url = `smtp://user:pw@${server.host}?requireTLS=true`;
    const sender = smtpCodeSender({ url, from: FROM }, { now: () => NOW });
    const sending = sender.send({ to: 'ann@example.com', code: '1', app: 'A', locale: 'en', minutes: 1 });
    await expect(sending).rejects.toBeInstanceOf(CodeRefused);
    expect(server.verbs).not.toContain('AUTH');
    await server.close();
  });

  test('needs no password where none is asked for', async () => {
    const server = await smtpStandIn();
    const sender = smtpCodeSender({ url: `smtp://${server.host}`, from: FROM }, { now: () => NOW });
    await sender.send({ to: 'ann@example.com', code: '1', app: 'A', locale: 'en', minutes: 1 });
    expect(server.deliveries).toHaveLength(1);
    expect(server.verbs).not.toContain('AUTH');
    await server.close();
  });
});
