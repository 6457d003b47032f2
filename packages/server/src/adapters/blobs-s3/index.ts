import { S3Client } from 'bun';
import {
  type BlobEntry,
  type BlobKey,
  BlobMissing,
  type BlobStore,
  BlobStoreFailed,
} from '../../ports/blobs.ts';
import { s3Parts } from './parts.ts';
import { bucketUrl, type S3Config, s3Requests } from './requests.ts';

export type { S3Config } from './requests.ts';

const KEY = /^blobs\/(\d+)\/([0-9a-f]{64})$/;
const keyOf = (app: number, hash: string): string => `blobs/${app}/${hash}`;
const nameOf = ({ app, hash }: BlobKey): string => keyOf(app, hash);
/** Bytes that are brought to the store at once; a part is held in memory until it is there. */
const PART_SIZE = 5 * 1024 * 1024;

/** Runs a request of the runtime's client; what that throws has a code and quotes the key. */
async function ask<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const code = String((error as { code?: unknown } | null)?.code ?? 'nothing');
    if (code === 'NoSuchKey') throw new BlobMissing('there is no such object in the bucket');
    throw new BlobStoreFailed(`s3: the store failed with ${code.replace(/[^\w.]/g, '')}`);
  }
}

async function sizeOf(client: S3Client, key: BlobKey): Promise<number | undefined> {
  try {
    return (await ask(() => client.stat(nameOf(key)))).size;
  } catch (error) {
    if (error instanceof BlobMissing) return undefined;
    throw error;
  }
}

async function* listAll(client: S3Client): AsyncGenerator<BlobEntry> {
  let after: string | undefined;
  for (;;) {
    const from = after === undefined ? {} : { startAfter: after };
    const page = await ask(() => client.list({ prefix: 'blobs/', maxKeys: 1000, ...from }));
    const contents = page.contents ?? [];
    for (const { key, lastModified } of contents) {
      const [, app, hash] = KEY.exec(key) ?? [];
      if (app === undefined || hash === undefined) continue;
      yield { key: { app: Number(app), hash }, at: new Date(lastModified ?? 0).getTime() };
    }
    after = contents.at(-1)?.key;
    if (page.isTruncated !== true || after === undefined) return;
  }
}

/** Sends a file in parts, of which few are in memory at a time. */
async function send(client: S3Client, key: BlobKey, path: string): Promise<void> {
  const writer = client.file(nameOf(key)).writer({ partSize: PART_SIZE, queueSize: 2, retry: 3 });
  for await (const chunk of Bun.file(path).stream()) {
    writer.write(chunk);
    await writer.flush();
  }
  await writer.end();
}

/** Blobs as objects of a bucket that speaks the API of Amazon S3: `blobs/<app>/<hash>`. */
export function s3Blobs(config: S3Config, uuid: () => string): BlobStore {
  const { accessKeyId, secretAccessKey, region, bucket, style, endpoint, direct } = config;
  const client = new S3Client({
    ...{ accessKeyId, secretAccessKey, region, bucket },
    ...(style === 'host' ? { endpoint: bucketUrl(config), virtualHostedStyle: true } : { endpoint }),
  });
  const requests = s3Requests(config);
  const store: BlobStore = {
    name: 's3',
    put: (key, path) => ask(() => send(client, key, path)),
    read: (key, range) => requests.read(nameOf(key), range),
    size: (key) => sizeOf(client, key),
    async delete(key) {
      await ask(() => client.delete(nameOf(key))).catch((error: unknown) => {
        if (!(error instanceof BlobMissing)) throw error;
      });
    },
    list: () => listAll(client),
  };
  if (!direct) return store;
  return {
    ...store,
    origin: new URL(bucketUrl(config)).origin,
    parts: s3Parts({ requests, bucket, keyOf, uuid }),
    address: (key, seconds, headers) =>
      requests.sign('GET', nameOf(key), {
        seconds,
        query: {
          'response-content-type': headers.type,
          'response-content-disposition': headers.disposition,
          'response-cache-control': headers.cacheControl,
        },
      }),
  };
}
