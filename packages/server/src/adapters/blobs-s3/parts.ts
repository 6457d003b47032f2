import type { PartStore, StoredPart } from '../../ports/blobs.ts';
import { S3Failure, type S3Requests, textOf } from './requests.ts';

/** The smallest that S3 takes is 5 MiB; of these 10,000 make more than a file may have. */
const PART_SIZE = 8 * 1024 * 1024;
/** Parts on a page of a listing. */
const PAGE = 1000;

interface Upload {
  /** Of the joined object. */
  key: string;
  id: string;
}

interface Part extends StoredPart {
  etag: string;
}

const read = (upload: string): Upload => JSON.parse(upload) as Upload;

function partsOf(xml: string): Part[] {
  return xml
    .split('<Part>')
    .slice(1)
    .map((part) => ({
      number: Number(textOf(part, 'PartNumber')),
      size: Number(textOf(part, 'Size')),
      etag: textOf(part, 'ETag') ?? '',
    }));
}

const isGone = (error: unknown): boolean =>
  error instanceof S3Failure && (error.code === 'NoSuchUpload' || error.status === 404);

export interface PartDeps {
  requests: S3Requests;
  bucket: string;
  keyOf(app: number, hash: string): string;
  /** A new name at every call. */
  uuid(): string;
}

/** Multipart uploads: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html. */
export function s3Parts({ requests, bucket, keyOf, uuid }: PartDeps): PartStore {
  /** Undefined where there is no such upload: it was joined, or dropped. */
  async function listAll({ key, id }: Upload): Promise<Part[] | undefined> {
    const all: Part[] = [];
    for (let after = 0; ; ) {
      const query = { uploadId: id, 'max-parts': String(PAGE), 'part-number-marker': String(after) };
      let xml: string;
      try {
        xml = await requests.send(key, { method: 'GET', query });
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
      all.push(...partsOf(xml));
      const next = Number(textOf(xml, 'NextPartNumberMarker'));
      if (textOf(xml, 'IsTruncated') !== 'true' || !(next > after)) return all;
      after = next;
    }
  }

  return {
    partSize: PART_SIZE,
    async begin(app, file) {
      // A key of its own: who begins anew under the id of a file changes nothing of what is being looked at.
      const key = `uploads/${app}/${file}/${uuid()}`;
      const xml = await requests.send(key, { method: 'POST', query: { uploads: '' } });
      const upload: Upload = { key, id: textOf(xml, 'UploadId') ?? '' };
      return JSON.stringify(upload);
    },
    async sign(upload, { number, size }, seconds) {
      const { key, id } = read(upload);
      return await requests.sign('PUT', key, {
        seconds,
        length: size,
        query: { partNumber: String(number), uploadId: id },
      });
    },
    async list(upload) {
      return (await listAll(read(upload)))?.map(({ number, size }) => ({ number, size }));
    },
    async join(upload) {
      const { key, id } = read(upload);
      const parts = await listAll(read(upload));
      if (parts === undefined) return;
      const listed = parts
        .map(({ number, etag }) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`)
        .join('');
      await requests.send(key, {
        method: 'POST',
        query: { uploadId: id },
        headers: { 'content-type': 'application/xml' },
        body: `<CompleteMultipartUpload>${listed}</CompleteMultipartUpload>`,
      });
    },
    read: (upload) => requests.read(read(upload).key),
    async keep(upload, { app, hash }) {
      await requests.send(keyOf(app, hash), {
        method: 'PUT',
        headers: { 'x-amz-copy-source': `/${bucket}/${read(upload).key}` },
      });
    },
    async drop(upload) {
      const { key, id } = read(upload);
      await requests.send(key, { method: 'DELETE', query: { uploadId: id } }).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
      await requests.send(key, { method: 'DELETE' }).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    },
  };
}
