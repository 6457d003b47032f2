import { createHash, createHmac } from 'node:crypto';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
/** RFC 3986, as AWS has it. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** How a request says that it is signed: in its query, or in its headers. */
interface Claims {
  credential: string;
  signedHeaders: string;
  signature: string;
  date: string;
  payload: string;
  /** Seconds from the date on. */
  seconds: number;
}

function claimsOf(url: URL, headers: Headers): Claims | undefined {
  const query = (name: string): string => url.searchParams.get(`X-Amz-${name}`) ?? '';
  if (url.searchParams.has('X-Amz-Signature')) {
    return {
      ...{
        credential: query('Credential'),
        signedHeaders: query('SignedHeaders'),
        signature: query('Signature'),
      },
      ...{ date: query('Date'), payload: 'UNSIGNED-PAYLOAD', seconds: Number(query('Expires')) },
    };
  }
  const header = /Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)/.exec(
    headers.get('authorization') ?? '',
  );
  const [, credential, signedHeaders, signature] = header ?? [];
  if (credential === undefined || signedHeaders === undefined || signature === undefined) return undefined;
  const [date, payload] = [headers.get('x-amz-date') ?? '', headers.get('x-amz-content-sha256') ?? ''];
  return { credential, signedHeaders, signature, date, payload, seconds: 900 };
}

const timeOf = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

/**
 * Whether a request is signed by Signature Version 4 with the one key there is, and in time:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html.
 */
export function isSigned(
  request: Request,
  o: { accessKeyId: string; secretAccessKey: string; region: string },
): boolean {
  const url = new URL(request.url);
  const claims = claimsOf(url, request.headers);
  if (claims === undefined) return false;
  const day = claims.date.slice(0, 8);
  const scope = `${day}/${o.region}/s3/aws4_request`;
  if (claims.credential !== `${o.accessKeyId}/${scope}`) return false;
  if (!(Math.abs(Date.now() - timeOf(claims.date)) < claims.seconds * 1000)) return false;
  const names = claims.signedHeaders.split(';');
  if (!names.includes('host')) return false;
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const canonical = [
    request.method,
    url.pathname
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    query.join('&'),
    ...names.map((name) => `${name}:${(request.headers.get(name) ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    claims.signedHeaders,
    claims.payload,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', claims.date, scope, sha256(canonical)].join('\n');
  const key = [day, o.region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${o.secretAccessKey}`);
  return hmac(key, text).toString('hex') === claims.signature;
}
