import type { S3Config } from './requests.ts';
import { isSigned } from './stand-in-signature.ts';

interface Stored {
  bytes: Uint8Array<ArrayBuffer>;
  at: Date;
}

interface Upload {
  key: string;
  parts: Map<number, Stored>;
}

/** What one request is about. */
interface Asked {
  request: Request;
  query: URLSearchParams;
  key: string;
}

const BUCKET = 'files';
const SMALLEST_PART = 5 * 1024 * 1024;

const xml = (body: string, status = 200): Response =>
  new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`, {
    status,
    headers: { 'content-type': 'application/xml' },
  });
const refused = (status: number, code: string): Response =>
  xml(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`, status);
const etagOf = ({ bytes }: Stored): string =>
  `&quot;${new Bun.CryptoHasher('md5').update(bytes).digest('hex')}&quot;`;
const textOf = (body: string, element: string): string[] =>
  [...body.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text]) => text ?? '');

/** The objects and uploads of the one bucket. */
class Bucket {
  readonly #objects = new Map<string, Stored>();
  readonly #uploads = new Map<string, Upload>();

  keys(): string[] {
    return [...this.#objects.keys()];
  }

  get({ request, query, key }: Asked): Response {
    const found = this.#objects.get(key);
    if (found === undefined) return refused(404, 'NoSuchKey');
    const headers = new Headers({
      'last-modified': found.at.toUTCString(),
      'content-type': 'binary/octet-stream',
    });
    for (const name of ['content-type', 'content-disposition', 'cache-control']) {
      const told = query.get(`response-${name}`);
      if (told !== null) headers.set(name, told);
    }
    const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '') ?? [];
    if (first === undefined) {
      headers.set('content-length', String(found.bytes.length));
      return new Response(request.method === 'HEAD' ? null : found.bytes, { headers });
    }
    const part = found.bytes.subarray(Number(first), last ? Number(last) + 1 : undefined);
    headers.set('content-range', `bytes ${first}-${Number(first) + part.length - 1}/${found.bytes.length}`);
    return new Response(part, { status: 206, headers });
  }

  async put({ request, query, key }: Asked): Promise<Response> {
    const from = request.headers.get('x-amz-copy-source');
    if (from !== null) {
      const source = this.#objects.get(decodeURIComponent(from).replace(`/${BUCKET}/`, ''));
      if (source === undefined) return refused(404, 'NoSuchKey');
      this.#objects.set(key, { bytes: source.bytes, at: new Date() });
      return xml('<CopyObjectResult></CopyObjectResult>');
    }
    const stored = { bytes: new Uint8Array(await request.arrayBuffer()), at: new Date() };
    const id = query.get('uploadId');
    if (id === null) this.#objects.set(key, stored);
    else {
      const upload = this.#uploads.get(id);
      if (upload === undefined) return refused(404, 'NoSuchUpload');
      upload.parts.set(Number(query.get('partNumber')), stored);
    }
    return new Response(null, { headers: { etag: etagOf(stored).replaceAll('&quot;', '"') } });
  }

  begin(key: string): Response {
    const id = crypto.randomUUID();
    this.#uploads.set(id, { key, parts: new Map() });
    return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }

  async join({ request, query }: Asked): Promise<Response> {
    const id = query.get('uploadId') ?? '';
    const upload = this.#uploads.get(id);
    if (upload === undefined) return refused(404, 'NoSuchUpload');
    const body = await request.text();
    const parts = textOf(body, 'PartNumber').map((n) => upload.parts.get(Number(n)));
    const tags = textOf(body, 'ETag').map((tag) => tag.replaceAll('"', '&quot;'));
    if (parts.length === 0) return refused(400, 'MalformedXML');
    const all = parts.filter((part) => part !== undefined);
    if (all.length < parts.length || all.some((part, i) => etagOf(part) !== tags[i]))
      return refused(400, 'InvalidPart');
    if (all.slice(0, -1).some(({ bytes }) => bytes.length < SMALLEST_PART))
      return refused(400, 'EntityTooSmall');
    this.#objects.set(upload.key, {
      bytes: new Uint8Array(Buffer.concat(all.map(({ bytes }) => bytes))),
      at: new Date(),
    });
    this.#uploads.delete(id);
    return xml('<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
  }

  parts({ query }: Asked): Response {
    const upload = this.#uploads.get(query.get('uploadId') ?? '');
    if (upload === undefined) return refused(404, 'NoSuchUpload');
    const after = Number(query.get('part-number-marker') ?? 0);
    // Pages of two, so that there are some.
    const numbers = [...upload.parts.keys()].filter((n) => n > after).sort((a, b) => a - b);
    const page = numbers.slice(0, 2);
    const listed = page.map((n) => {
      const part = upload.parts.get(n) as Stored;
      return `<Part><PartNumber>${n}</PartNumber><ETag>${etagOf(part)}</ETag><Size>${part.bytes.length}</Size></Part>`;
    });
    return xml(
      `<ListPartsResult><NextPartNumberMarker>${page.at(-1) ?? 0}</NextPartNumberMarker><IsTruncated>${numbers.length > page.length}</IsTruncated>${listed.join('')}</ListPartsResult>`,
    );
  }

  list({ query }: Asked): Response {
    const after = query.get('start-after') ?? '';
    const keys = [...this.#objects.keys()]
      .filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after)
      .sort();
    const page = keys.slice(0, 3);
    const listed = page.map((key) => {
      const found = this.#objects.get(key) as Stored;
      return `<Contents><Key>${key}</Key><LastModified>${found.at.toISOString()}</LastModified><ETag>${etagOf(found)}</ETag><Size>${found.bytes.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
    });
    return xml(
      `<ListBucketResult><Name>${BUCKET}</Name><KeyCount>${page.length}</KeyCount><MaxKeys>3</MaxKeys><IsTruncated>${keys.length > page.length}</IsTruncated>${listed.join('')}</ListBucketResult>`,
    );
  }

  delete({ query, key }: Asked): Response {
    const id = query.get('uploadId');
    if (id !== null && !this.#uploads.delete(id)) return refused(404, 'NoSuchUpload');
    if (id === null) this.#objects.delete(key);
    return new Response(null, { status: 204 });
  }

  async answer(asked: Asked): Promise<Response> {
    const { request, query, key } = asked;
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        if (query.has('uploadId')) return this.parts(asked);
        return key === '' ? this.list(asked) : this.get(asked);
      case 'PUT':
        return await this.put(asked);
      case 'POST':
        return query.has('uploads') ? this.begin(key) : await this.join(asked);
      default:
        return this.delete(asked);
    }
  }
}

/** As much of the API of Amazon S3 as a store of blobs needs, in memory, with every signature checked. */
export function s3StandIn() {
  const bucket = new Bucket();
  const config = {
    ...{
      region: 'eu-central-1',
      bucket: BUCKET,
      accessKeyId: 'AKIDSTANDIN',
      secretAccessKey: 'stand/in+secret',
    },
    ...{ style: 'path' as const, direct: true },
  };
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const url = new URL(request.url);
      if (!isSigned(request, config)) return refused(403, 'SignatureDoesNotMatch');
      const [, name, ...key] = url.pathname.split('/').map(decodeURIComponent);
      if (name !== BUCKET) return refused(404, 'NoSuchBucket');
      return await bucket.answer({ request, query: url.searchParams, key: key.join('/') });
    },
  });
  return {
    config: { ...config, endpoint: `http://127.0.0.1:${server.port}` } satisfies S3Config,
    /** Of the objects that are there. */
    keys: () => bucket.keys(),
    close: () => server.stop(true),
  };
}
