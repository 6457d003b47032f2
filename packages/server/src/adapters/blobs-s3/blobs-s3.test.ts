import { expect, test } from 'bun:test';
import { BlobStoreFailed } from '../../ports/blobs.ts';
import { blobContract, partsContract } from '../blobs.contract.ts';
import { s3Blobs } from './index.ts';
import type { S3Config } from './requests.ts';
import { s3StandIn } from './stand-in.ts';

/** A bucket of a real store to hold to the same rules, as JSON; its objects are left behind. */
const real = process.env.INLAY_TEST_S3;

const uuid = () => crypto.randomUUID();

function open() {
  if (real !== undefined)
    return { store: s3Blobs(JSON.parse(real) as S3Config, uuid), close: () => undefined };
  const standIn = s3StandIn();
  return { store: s3Blobs(standIn.config, uuid), close: () => standIn.close() };
}

blobContract('s3', open);
partsContract('s3', open);

test('a store that does not answer fails in words without secrets', async () => {
  const config: S3Config = {
    ...{
      endpoint: 'http://127.0.0.1:9',
      region: 'r',
      bucket: 'b',
      accessKeyId: 'AKID',
      secretAccessKey: 'hunter2',
    },
    ...{ style: 'path', direct: true },
  };
  const store = s3Blobs(config, uuid);
  const key = { app: 1, hash: 'ab'.repeat(32) };
  const failures = [store.size(key), store.put(key, import.meta.path), store.parts?.begin(1, 'x')];
  for (const error of await Promise.all(
    failures.map((f) =>
      f?.then(
        () => 'ok',
        (e: unknown) => e,
      ),
    ),
  )) {
    expect(error).toBeInstanceOf(BlobStoreFailed);
    expect(Bun.inspect(error)).not.toContain('hunter2');
    expect(Bun.inspect(error)).not.toContain('AKID');
  }
});

test('the bucket may be named in the host', async () => {
  const config: S3Config = {
    ...{
      endpoint: 'https://oss.example.com',
      region: 'r',
      bucket: 'files',
      accessKeyId: 'a',
      secretAccessKey: 's',
    },
    ...{ style: 'host', direct: true },
  };
  const headers = { type: 'image/png', disposition: 'inline', cacheControl: 'private' };
  const url = await s3Blobs(config, uuid).address?.({ app: 1, hash: 'ab'.repeat(32) }, 60, headers);
  expect(url).toStartWith(`https://files.oss.example.com/blobs/1/${'ab'.repeat(32)}?`);
});
