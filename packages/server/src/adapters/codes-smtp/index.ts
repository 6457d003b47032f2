import nodemailer, { type SMTPTransportOptions } from 'nodemailer';
import { CODE_TIMEOUT_MS, CodeRefused, type CodeSender } from '../../ports/codes.ts';
import { smtpFailure } from './failure.ts';
import { codeMail } from './mail.ts';

export interface SmtpCodeConfig {
  /** smtp://user:password@host:port or smtps://…; nodemailer's options may follow as a query. */
  readonly url: string;
  /** The sender: Example <no-reply@example.com>. */
  readonly from: string;
}

export interface SmtpCodeDeps {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly timeoutMs?: number;
}

/** One address and nothing around it; the mail server judges the rest. */
const ADDRESS = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+$/;

/**
 * How to connect. A password goes to another machine through TLS only: STARTTLS is demanded unless the URL says
 * `requireTLS=false`, since whoever sits between could strip the offer (RFC 8314 section 3).
 */
export function smtpOptions(url: string): SMTPTransportOptions {
  const { username, hostname, searchParams } = new URL(url);
  const here = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  const requireTLS = username !== '' && !here && !searchParams.has('requireTLS');
  return { url, disableFileAccess: true, disableUrlAccess: true, ...(requireTLS && { requireTLS }) };
}

/** Sends codes by e-mail, each through a connection of its own: codes are rare, and servers close idle ones. */
export function smtpCodeSender(config: SmtpCodeConfig, deps: SmtpCodeDeps): CodeSender {
  const { now, timeoutMs = CODE_TIMEOUT_MS } = deps;
  const transport = nodemailer.createTransport(smtpOptions(config.url));
  return {
    name: 'smtp',
    async send(message) {
      if (!ADDRESS.test(message.to)) throw new CodeRefused('smtp: the address is not an e-mail address');
      const mail = codeMail(message, config.from, new Date(now()));
      try {
        await transport.sendMail({ ...mail, signal: AbortSignal.timeout(timeoutMs) });
      } catch (thrown) {
        throw smtpFailure(thrown);
      }
    },
  };
}
