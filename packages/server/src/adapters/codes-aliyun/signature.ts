import { createHash, createHmac } from 'node:crypto';

export interface AliyunKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

export interface SignedRequest {
  readonly method: 'POST' | 'GET';
  /** As it goes out, with the query that `canonicalQuery` made. */
  readonly url: URL;
  /** Names in lower case, `host` and `x-acs-content-sha256` among them; all are signed. */
  readonly headers: Readonly<Record<string, string>>;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Percent-encodes everything but the unreserved characters of RFC 3986. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) =>
  a < b ? -1 : a > b ? 1 : 0;

/** The parameters by name, encoded as the signature wants them. */
export function canonicalQuery(parameters: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(parameters).sort(byName);
  return sorted.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
}

/**
 * The Authorization header for a request, by Aliyun's signature method V3
 * (help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature).
 */
export function authorization({ method, url, headers }: SignedRequest, key: AliyunKey): string {
  const entries = Object.entries(headers).sort(byName);
  const names = entries.map(([name]) => name).join(';');
  const canonical = [
    method,
    url.pathname,
    url.search.slice(1),
    ...entries.map(([name, value]) => `${name}:${value.trim()}`),
    '',
    names,
    headers['x-acs-content-sha256'] ?? '',
  ].join('\n');
  const signature = createHmac('sha256', key.accessKeySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  return `${ALGORITHM} Credential=${key.accessKeyId},SignedHeaders=${names},Signature=${signature}`;
}
