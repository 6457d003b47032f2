import { expect, test } from 'bun:test';
import {
  CodeRefused,
  CodeServiceBusy,
  CodeServiceFailed,
  CodeServiceTimeout,
  CodeServiceUnreachable,
} from '../../ports/codes.ts';
import { codeSenderContract } from '../codes.contract.ts';
import { aliyunCodeSender } from './index.ts';
import { type AliyunStandInOptions, aliyunStandIn } from './stand-in.ts';

const NOW = Date.UTC(2026, 10, 23, 8, 30, 0, 123);
const SECRET = 'right-secret';
/** With every kind of sign that the query has to encode. */
const account = { accessKeyId: 'LTAI-stand-in', signName: "茶馆 (test)*!'+/&=~", templateCode: 'SMS_15305' };

interface Given extends Partial<AliyunStandInOptions> {
  secret?: string;
  timeoutMs?: number;
  behindMs?: number;
  nonce?: () => string;
}

function open({ secret = SECRET, timeoutMs = 5_000, behindMs = 0, nonce, ...given }: Given = {}) {
  const service = aliyunStandIn({ ...account, accessKeySecret: SECRET, now: () => NOW, ...given });
  let count = 0;
  const sender = aliyunCodeSender(
    { ...account, accessKeySecret: secret, url: service.url },
    { now: () => NOW - behindMs, nonce: nonce ?? (() => `nonce-${++count}`), timeoutMs },
  );
  const delivered = async () =>
    service.sent.map(({ PhoneNumbers, TemplateParam }) => ({
      to: `+${PhoneNumbers}`,
      text: `${TemplateParam}`,
    }));
  return { ...service, sender, delivered };
}

async function openNowhere() {
  const end = open();
  await end.close();
  return { ...end, close: () => {} };
}

const answering = (status: number, Code: string) => () =>
  open({ answer: { status, body: JSON.stringify({ Code, Message: `8613800138000 482913 ${SECRET}` }) } });

codeSenderContract({
  name: 'aliyun',
  addresses: ['+8613800138000', '+85261234567'],
  secrets: [SECRET, 'wrong-secret', encodeURIComponent('{"code":"482913"}')],
  ownWords: false,
  open,
  notAddresses: ['+8613800138000,+85261234567', '13800138000', 'ann@example.com'],
  troubles: [
    {
      what: 'a wrong secret is final',
      error: CodeRefused,
      retryable: false,
      open: () => open({ secret: 'wrong-secret' }),
    },
    {
      what: 'a clock that is far off is final',
      error: CodeRefused,
      retryable: false,
      open: () => open({ behindMs: 16 * 60_000 }),
    },
    {
      what: 'a number out of service is final',
      error: CodeRefused,
      retryable: false,
      open: answering(200, 'isv.MOBILE_NUMBER_ILLEGAL'),
    },
    {
      what: 'too many codes for a number may pass',
      error: CodeServiceBusy,
      retryable: true,
      open: answering(200, 'isv.BUSINESS_LIMIT_CONTROL'),
    },
    {
      what: 'throttling may pass, whatever its status',
      error: CodeServiceBusy,
      retryable: true,
      open: answering(400, 'Throttling.User'),
    },
    { what: 'too many requests may pass', error: CodeServiceBusy, retryable: true, open: answering(429, '') },
    {
      what: 'a fault of the service may pass',
      error: CodeServiceFailed,
      retryable: true,
      open: answering(500, 'InternalError'),
    },
    {
      what: 'a fault behind the gate may pass',
      error: CodeServiceFailed,
      retryable: true,
      open: answering(200, 'isp.SYSTEM_ERROR'),
    },
    {
      what: 'a page in place of JSON is no success',
      error: CodeServiceFailed,
      retryable: true,
      open: () => open({ answer: { status: 200, body: '<h1>482913</h1>' } }),
    },
    {
      what: 'a code that repeats the request is left out',
      error: CodeServiceFailed,
      retryable: true,
      open: answering(200, 'code 482913'),
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

const message = { to: '+8613800138000', code: '004213', app: '茶馆', locale: 'zh-CN', minutes: 10 } as const;

test('the request has number, signature, template and the code as the only variable', async () => {
  const end = open();
  await end.sender.send(message);
  expect(end.sent).toEqual([
    {
      PhoneNumbers: '8613800138000',
      SignName: account.signName,
      TemplateCode: account.templateCode,
      TemplateParam: '{"code":"004213"}',
    },
  ]);
  await end.close();
});

test('a nonce that was used before may pass with the next one', async () => {
  const end = open({ nonce: () => 'always' });
  await end.sender.send(message);
  await expect(end.sender.send(message)).rejects.toBeInstanceOf(CodeServiceFailed);
  expect(end.sent).toHaveLength(1);
  await end.close();
});
