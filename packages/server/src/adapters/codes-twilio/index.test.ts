import { expect, test } from 'bun:test';
import {
  CodeRefused,
  CodeServiceBusy,
  CodeServiceFailed,
  CodeServiceTimeout,
  CodeServiceUnreachable,
} from '../../ports/codes.ts';
import { codeSenderContract } from '../codes.contract.ts';
import { twilioCodeSender } from './index.ts';
import { twilioStandIn } from './stand-in.ts';

const accountSid = 'AC00000000000000000000000000000001';
const authToken = 'right-token';
const FROM = '+15005550006';

interface Given {
  authToken?: string;
  from?: string;
  timeoutMs?: number;
  silent?: boolean;
  answer?: { status: number; body: string; location?: string };
}

function open({ timeoutMs = 5_000, silent = false, answer, ...given }: Given = {}) {
  const service = twilioStandIn({ accountSid, authToken, silent, ...(answer && { answer }) });
  const config = { accountSid, authToken, from: FROM, url: service.url, ...given };
  const delivered = async () => service.messages.map(({ To = '', Body = '' }) => ({ to: To, text: Body }));
  return { ...service, sender: twilioCodeSender(config, { timeoutMs }), delivered };
}

async function openNowhere() {
  const end = open();
  await end.close();
  return { ...end, close: () => {} };
}

const answering = (status: number, code: number) => () =>
  open({ answer: { status, body: JSON.stringify({ code, message: `+8613800138000 482913 ${authToken}` }) } });

const basic = (token: string) => Buffer.from(`${accountSid}:${token}`).toString('base64');

codeSenderContract({
  name: 'twilio',
  addresses: ['+8613800138000', '+14155550100'],
  secrets: [authToken, 'wrong-token', basic(authToken), basic('wrong-token')],
  ownWords: true,
  open,
  notAddresses: ['+8613800138000,+14155550100', '13800138000', 'ann@example.com', 'whatsapp:+8613800138000'],
  troubles: [
    {
      what: 'a wrong token is final',
      error: CodeRefused,
      retryable: false,
      open: () => open({ authToken: 'wrong-token' }),
    },
    {
      what: 'a number out of service is final',
      error: CodeRefused,
      retryable: false,
      open: answering(400, 21211),
    },
    {
      what: 'too many requests may pass',
      error: CodeServiceBusy,
      retryable: true,
      open: answering(429, 20429),
    },
    {
      what: 'a fault of the service may pass',
      error: CodeServiceFailed,
      retryable: true,
      open: answering(500, 20500),
    },
    {
      what: 'a page in place of JSON is judged by its status',
      error: CodeServiceFailed,
      retryable: true,
      open: () => open({ answer: { status: 502, body: '<h1>482913</h1>' } }),
    },

    {
      what: 'a silent service is a time-out',
      error: CodeServiceTimeout,
      retryable: true,
      open: () => open({ silent: true, timeoutMs: 60 }),
    },
    {
      what: 'a refused connection may pass',
      error: CodeServiceUnreachable,
      retryable: true,
      open: openNowhere,
    },
  ],
});

const message = { to: '+8613800138000', code: '482913', app: '茶馆', locale: 'zh-CN', minutes: 10 } as const;

test('the form has sender, number and text', async () => {
  const end = open();
  await end.sender.send(message);
  expect(end.messages).toEqual([
    {
      To: '+8613800138000',
      From: FROM,
      Body: '【茶馆】您的登录验证码是 482913，10 分钟内有效，请勿告诉他人。',
    },
  ]);
  await end.close();
});

test('a messaging service sends in place of a number', async () => {
  const from = `MG${'0a'.repeat(16)}`;
  const end = open({ from });
  await end.sender.send(message);
  expect(end.messages[0]).toMatchObject({ MessagingServiceSid: from });
  expect(end.messages[0]).not.toHaveProperty('From');
  await end.close();
});

test('an error names the status and the number of the error', async () => {
  const end = answering(400, 21211)();
  await expect(end.sender.send(message)).rejects.toThrow('twilio: answered 400 (error 21211)');
  await end.close();
});

test('a redirect is not followed, as it would take code and token elsewhere', async () => {
  const elsewhere: string[] = [];
  const other = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      elsewhere.push(request.url);
      return Response.json({}, { status: 201 });
    },
  });
  const end = open({ answer: { status: 307, body: '', location: other.url.href } });
  await expect(end.sender.send(message)).rejects.toBeInstanceOf(CodeRefused);
  expect(elsewhere).toEqual([]);
  await end.close();
  await other.stop(true);
});
