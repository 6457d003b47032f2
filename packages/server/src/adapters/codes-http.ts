import {
  type CodeDeliveryError,
  CodeRefused,
  CodeServiceBusy,
  CodeServiceFailed,
  CodeServiceTimeout,
  CodeServiceUnreachable,
} from '../ports/codes.ts';

/** Ways to reach an HTTP service that sends codes. */
export interface CodeRequest {
  /** For messages of errors. */
  service: string;
  url: URL;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
}

export interface CodeResponse {
  status: number;
  /** Undefined when it is not JSON. */
  json: unknown;
}

/** International form as of ITU-T E.164: a plus sign, and up to 15 digits. */
const PHONE = /^\+[1-9]\d{6,14}$/;

/**
 * Services take several numbers in one field, separated by commas; a code goes to one.
 * @throws CodeRefused when it is not one phone number in international form
 */
export function checkPhone(service: string, to: string): void {
  if (!PHONE.test(to))
    throw new CodeRefused(`${service}: the address is not one phone number with plus sign and country code`);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Sends one POST request. Redirects are not followed: they would carry code and credentials to another host.
 * @throws CodeServiceTimeout, CodeServiceUnreachable
 */
export async function postCode({
  service,
  url,
  headers,
  body,
  timeoutMs,
}: CodeRequest): Promise<CodeResponse> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: body ?? null,
      redirect: 'manual',
      signal,
    });
    return { status: response.status, json: json(await response.text()) };
  } catch (thrown) {
    if (signal.aborted) throw new CodeServiceTimeout(`${service}: no answer within ${timeoutMs} ms`);
    const code = thrown instanceof Error && 'code' in thrown ? ` (${String(thrown.code)})` : '';
    throw new CodeServiceUnreachable(`${service}: no connection${code}`);
  }
}

/**
 * What an HTTP status other than success means for a code.
 * @param detail the service's own error code, free of anything from the request
 */
export function failureOfStatus(
  service: string,
  status: number,
  detail: string | undefined,
): CodeDeliveryError {
  const words = `${service}: answered ${status}${detail === undefined ? '' : ` (${detail})`}`;
  if (status === 429) return new CodeServiceBusy(words);
  if (status === 408 || status >= 500) return new CodeServiceFailed(words);
  return new CodeRefused(words);
}
