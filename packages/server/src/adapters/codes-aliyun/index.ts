import { z } from 'zod';
import {
  CODE_TIMEOUT_MS,
  type CodeDeliveryError,
  type CodeMessage,
  CodeRefused,
  type CodeSender,
  CodeServiceBusy,
  CodeServiceFailed,
} from '../../ports/codes.ts';
import { type CodeResponse, checkPhone, failureOfStatus, postCode } from '../codes-http.ts';
import { authorization, canonicalQuery, sha256 } from './signature.ts';

export interface AliyunCodeConfig {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** The approved signature that stands before the text. */
  readonly signName: string;
  /** The approved template, with one variable, `code`; language and further words are the template's. */
  readonly templateCode: string;
  /** Without a slash at the end: https://dysmsapi.aliyuncs.com. */
  readonly url: string;
}

export interface AliyunCodeDeps {
  /** Milliseconds since the epoch; Aliyun refuses a date more than 15 minutes off. */
  readonly now: () => number;
  /** A new unguessable text at every call; Aliyun refuses one seen before. */
  readonly nonce: () => string;
  readonly timeoutMs?: number;
}

/** Its messages quote what was sent, so only the code is taken, and only if it looks like one. */
const answerBody = z.object({ Code: z.string().regex(/^[A-Za-z][A-Za-z._-]{1,79}$/) });

/** Limits per phone number, per account and per API. */
const BUSY = /^(isv\.BUSINESS_LIMIT_CONTROL|Throttling(\..+)?)$/;
const FAILED =
  /^(isp\.SYSTEM_ERROR|isp\.UNKNOWN|InternalError|ServiceUnavailable(\..+)?|SignatureNonceUsed)$/;

function failureOf({ status, json }: CodeResponse): CodeDeliveryError | undefined {
  const code = answerBody.safeParse(json).data?.Code;
  const words = `aliyun: answered ${status} (${code})`;
  if (code !== undefined && BUSY.test(code)) return new CodeServiceBusy(words);
  if (code !== undefined && FAILED.test(code)) return new CodeServiceFailed(words);
  if (status !== 200) return failureOfStatus('aliyun', status, code);
  if (code === undefined) return new CodeServiceFailed('aliyun: answered 200 without a code');
  return code === 'OK' ? undefined : new CodeRefused(words);
}

/** Parameters stand in the query and the body is empty: so the API's own description has it. */
function request(message: CodeMessage, config: AliyunCodeConfig, { now, nonce }: AliyunCodeDeps) {
  const url = new URL(config.url);
  url.search = canonicalQuery({
    // SendSms takes country code and number without the plus sign, for China and for elsewhere.
    PhoneNumbers: message.to.slice(1),
    SignName: config.signName,
    TemplateCode: config.templateCode,
    TemplateParam: JSON.stringify({ code: message.code }),
  });
  const headers = {
    host: url.host,
    'x-acs-action': 'SendSms',
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': nonce(),
    'x-acs-version': '2017-05-25',
  };
  return {
    url,
    headers: { ...headers, authorization: authorization({ method: 'POST', url, headers }, config) },
  };
}

/**
 * Sends codes by SMS with Aliyun (Dysmsapi SendSms, version 2017-05-25,
 * help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms).
 */
export function aliyunCodeSender(config: AliyunCodeConfig, deps: AliyunCodeDeps): CodeSender {
  return {
    name: 'aliyun',
    async send(message) {
      checkPhone('aliyun', message.to);
      const timeoutMs = deps.timeoutMs ?? CODE_TIMEOUT_MS;
      const answer = await postCode({ service: 'aliyun', ...request(message, config, deps), timeoutMs });
      const failure = failureOf(answer);
      if (failure) throw failure;
    },
  };
}
