import type { CodeSender } from '../ports/codes.ts';
import { type AliyunCodeConfig, aliyunCodeSender } from './codes-aliyun/index.ts';
import { type SmtpCodeConfig, smtpCodeSender } from './codes-smtp/index.ts';
import { terminalCodeSender } from './codes-terminal/index.ts';
import { type TwilioCodeConfig, twilioCodeSender } from './codes-twilio/index.ts';

/** Which adapter serves which channel; what an adapter needs comes with the choice of it. */
export interface CodeSendersConfig {
  readonly email: { readonly kind: 'terminal' } | ({ readonly kind: 'smtp' } & SmtpCodeConfig);
  readonly sms:
    | { readonly kind: 'terminal' }
    | ({ readonly kind: 'twilio' } & TwilioCodeConfig)
    | ({ readonly kind: 'aliyun' } & AliyunCodeConfig);
}

export interface CodeSendersDeps {
  /** Takes one line for the terminal, without its end. */
  readonly write: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A new unguessable text at every call. */
  readonly nonce: () => string;
  /** How long to wait for a service; 10 s unless given. */
  readonly timeoutMs?: number;
}

export interface CodeSenders {
  readonly email: CodeSender;
  readonly sms: CodeSender;
}

function emailSender(config: CodeSendersConfig['email'], deps: CodeSendersDeps): CodeSender {
  return config.kind === 'smtp' ? smtpCodeSender(config, deps) : terminalCodeSender(deps.write);
}

function smsSender(config: CodeSendersConfig['sms'], deps: CodeSendersDeps): CodeSender {
  if (config.kind === 'twilio') return twilioCodeSender(config, deps);
  if (config.kind === 'aliyun') return aliyunCodeSender(config, deps);
  return terminalCodeSender(deps.write);
}

/** The senders of one-time codes that the configuration asks for; nothing is connected until a code is sent. */
export function createCodeSenders(config: CodeSendersConfig, deps: CodeSendersDeps): CodeSenders {
  return { email: emailSender(config.email, deps), sms: smsSender(config.sms, deps) };
}
