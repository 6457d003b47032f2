import type { NodemailerError } from 'nodemailer';
import {
  type CodeDeliveryError,
  CodeRefused,
  CodeServiceBusy,
  CodeServiceFailed,
  CodeServiceTimeout,
  CodeServiceUnreachable,
} from '../../ports/codes.ts';

const TIMEOUT = new Set(['ETIMEDOUT', 'EABORT']);
const UNREACHABLE = new Set(['ESOCKET', 'ECONNECTION', 'EDNS', 'EPROXY']);
/** What the operator has to put right. */
const SETTINGS = new Set(['EAUTH', 'ENOAUTH', 'ETLS', 'EREQUIRETLS', 'ECONFIG', 'EENVELOPE']);

/**
 * What a failed sending means. The server's own words are left out: they quote the address.
 * 4yz replies are transient and 5yz are final by RFC 5321 section 4.2.1; 421, 450 to 452 and 454 ask to come back.
 */
export function smtpFailure(thrown: unknown): CodeDeliveryError {
  const { code = 'unknown', responseCode, permanent } = thrown as NodemailerError;
  if (responseCode !== undefined) {
    const words = `smtp: the server answered ${responseCode} (${code})`;
    if (permanent) return new CodeRefused(words);
    return responseCode >= 400 && responseCode < 500
      ? new CodeServiceBusy(words)
      : new CodeServiceFailed(words);
  }
  if (TIMEOUT.has(code)) return new CodeServiceTimeout(`smtp: no answer in time (${code})`);
  if (UNREACHABLE.has(code)) return new CodeServiceUnreachable(`smtp: no connection (${code})`);
  if (SETTINGS.has(code)) return new CodeRefused(`smtp: not sent (${code})`);
  return new CodeServiceFailed(`smtp: not sent (${code})`);
}
