import { AwsClient } from 'aws4fetch';
import { BlobMissing, BlobStoreFailed, type ByteRange } from '../../ports/blobs.ts';

export interface S3Config {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Whether the bucket is named in the path, or in the host. */
  readonly style: 'path' | 'host';
  /** Whether browsers reach the store themselves. */
  readonly direct: boolean;
}

/** How long the store may take to answer, in ms; copying and joining take longest. */
const PATIENCE = 120_000;

export interface S3Request {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

/** Where the bucket is. */
export function bucketUrl({ endpoint, bucket, style }: S3Config): string {
  if (style === 'path') return `${endpoint}/${bucket}`;
  const url = new URL(endpoint);
  url.hostname = `${bucket}.${url.hostname}`;
  return url.href.replace(/\/$/, '');
}

const encodeKey = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

/** The text of an element without attributes, as the answers of S3 have them. */
export function textOf(xml: string, element: string): string | undefined {
  const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  return found
    ?.replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&');
}

/** An error of the store by its code, https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html. */
export class S3Failure extends BlobStoreFailed {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`s3: the store answered ${status} ${code}`);
  }
}

/** Signed requests (AWS Signature Version 4) for what the runtime's own client cannot do: uploads in parts, and copies. */
export function s3Requests(config: S3Config) {
  const { accessKeyId, secretAccessKey, region } = config;
  const aws = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 2 });
  const base = bucketUrl(config);
  const urlOf = (key: string, query: Record<string, string> = {}): string =>
    `${base}/${encodeKey(key)}?${new URLSearchParams(query)}`.replace(/\?$/, '');

  async function fetched(key: string, { query, ...init }: S3Request): Promise<Response> {
    try {
      return await aws.fetch(urlOf(key, query), init);
    } catch {
      // What is thrown quotes the request.
      throw new BlobStoreFailed('s3: the store cannot be reached, or does not answer in time');
    }
  }

  async function text(answer: Response): Promise<string> {
    const body = await answer.text().catch(() => '<Error>');
    // Copying and joining may fail after 200 was sent.
    if (answer.status < 300 && !body.includes('<Error>')) return body;
    throw new S3Failure(answer.status, (textOf(body, 'Code') ?? '').replace(/[^A-Za-z]/g, ''));
  }

  return {
    send: async (key: string, request: S3Request): Promise<string> =>
      await text(await fetched(key, { ...request, signal: AbortSignal.timeout(PATIENCE) })),
    /** The bytes of an object, or a range of them; the runtime's client forgets a range that begins at 0. */
    async read(key: string, range?: ByteRange): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
      const headers = range === undefined ? {} : { range: `bytes=${range.start}-${range.end - 1}` };
      const answer = await fetched(key, { method: 'GET', headers });
      if (answer.status === 404) throw new BlobMissing('there is no such object in the bucket');
      if (!answer.ok || answer.body === null) await text(answer);
      return answer.body as ReadableStream<Uint8Array<ArrayBuffer>>;
    },
    /** An address that does one thing for so many seconds; for bodies of `length` bytes alone, where it is given. */
    async sign(
      method: 'GET' | 'PUT',
      key: string,
      { seconds, query, length }: { seconds: number; query?: Record<string, string>; length?: number },
    ): Promise<string> {
      const url = urlOf(key, { ...query, 'X-Amz-Expires': String(seconds) });
      const headers = length === undefined ? {} : { 'content-length': String(length) };
      return (await aws.sign(url, { method, headers, aws: { signQuery: true, allHeaders: true } })).url;
    },
  };
}

export type S3Requests = ReturnType<typeof s3Requests>;
