import { z } from 'zod';
import { CODE_TIMEOUT_MS, type CodeSender } from '../../ports/codes.ts';
import { checkPhone, failureOfStatus, postCode } from '../codes-http.ts';
import { codeText } from '../codes-texts/index.ts';

export interface TwilioCodeConfig {
  readonly accountSid: string;
  readonly authToken: string;
  /** A phone number (+15005550006), a sender name, or a messaging service (MG and 32 digits). */
  readonly from: string;
  /** Without a slash at the end: https://api.twilio.com. */
  readonly url: string;
}

export interface TwilioCodeDeps {
  readonly timeoutMs?: number;
}

const MESSAGING_SERVICE = /^MG[0-9a-f]{32}$/i;
/** Only the number is taken from an error: its text quotes the phone number. */
const errorBody = z.object({ code: z.number().int() });

/** Sends codes by SMS with Twilio (twilio.com/docs/messaging/api/message-resource, "Create a Message"). */
export function twilioCodeSender(config: TwilioCodeConfig, deps: TwilioCodeDeps = {}): CodeSender {
  const { accountSid, authToken, from } = config;
  const url = new URL(`${config.url}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`);
  const headers = {
    authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  const sender = MESSAGING_SERVICE.test(from) ? 'MessagingServiceSid' : 'From';
  return {
    name: 'twilio',
    async send(message) {
      checkPhone('twilio', message.to);
      const form = new URLSearchParams({ To: message.to, [sender]: from, Body: codeText('sms', message) });
      const timeoutMs = deps.timeoutMs ?? CODE_TIMEOUT_MS;
      const answer = await postCode({ service: 'twilio', url, headers, body: form.toString(), timeoutMs });
      if (answer.status >= 200 && answer.status < 300) return;
      const { data } = errorBody.safeParse(answer.json);
      throw failureOfStatus('twilio', answer.status, data && `error ${data.code}`);
    },
  };
}
