import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BlobKey,
  BlobMissing,
  type BlobStore,
  type PartStore,
  type StoredPart,
} from '../ports/blobs.ts';

/** A store that nothing is in yet. */
export interface OpenedBlobs {
  readonly store: BlobStore;
  close(): Promise<void> | void;
}

const hashOf = (bytes: Uint8Array): string => new Bun.CryptoHasher('sha256').update(bytes).digest('hex');
/** Bytes that do not repeat, the same for the same seed. */
function someBytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

async function bytesOf(read: Promise<Blob | ReadableStream>): Promise<Buffer> {
  return Buffer.from(await new Response((await read) as ReadableStream).bytes());
}

async function keysOf(store: BlobStore): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list()) found.push(`${key.app} ${key.hash}`);
  return found.sort();
}

/** The rules that every store of bytes keeps. */
export function blobContract(name: string, open: () => Promise<OpenedBlobs> | OpenedBlobs): void {
  describe(`blobs: ${name}`, () => {
    let opened: OpenedBlobs;
    let store: BlobStore;
    const folder = mkdtempSync(join(tmpdir(), 'inlay-blobs-'));
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(async () => {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Puts bytes from a file, as the node does. */
    async function put(bytes: Uint8Array<ArrayBuffer>, app = 1): Promise<BlobKey> {
      const path = join(folder, crypto.randomUUID());
      await Bun.write(path, bytes);
      const key = { app, hash: hashOf(bytes) };
      await store.put(key, path);
      return key;
    }

    test('[B1] what was put is read as it was, by any range', async () => {
      const bytes = someBytes(3_000_000, 1);
      const key = await put(bytes);
      expect((await bytesOf(store.read(key))).equals(bytes)).toBe(true);
      for (const [start, end] of [
        [0, 1],
        [7, 4096],
        [2_999_999, 3_000_000],
        [1_000_000, 3_000_000],
      ] as const) {
        expect((await bytesOf(store.read(key, { start, end }))).equals(bytes.subarray(start, end))).toBe(
          true,
        );
      }
      expect(await store.size(key)).toBe(3_000_000);
    });

    test('[B2] more than one part of a store fits', async () => {
      const bytes = someBytes(12 * 1024 * 1024, 2);
      const key = await put(bytes);
      expect(hashOf(await bytesOf(store.read(key)))).toBe(key.hash);
    });

    test('[B3] putting again changes nothing, and the file it came from stays', async () => {
      const bytes = someBytes(5000, 3);
      const path = join(folder, 'again');
      await Bun.write(path, bytes);
      const key = { app: 1, hash: hashOf(bytes) };
      await store.put(key, path);
      await store.put(key, path);
      expect((await bytesOf(store.read(key))).equals(bytes)).toBe(true);
      expect(Buffer.from(await Bun.file(path).bytes()).equals(bytes)).toBe(true);
    });

    test('[B4] each app has its own', async () => {
      const bytes = someBytes(100, 4);
      const mine = await put(bytes, 4);
      const theirs = { ...mine, app: 5 };
      expect(await store.size(theirs)).toBeUndefined();
      await put(bytes, 5);
      await store.delete(mine);
      expect((await bytesOf(store.read(theirs))).equals(bytes)).toBe(true);
      await store.delete(theirs);
    });

    test('[B5] what is not there is missing, and needs no deleting', async () => {
      const key = { app: 1, hash: hashOf(someBytes(10, 5)) };
      expect(await store.size(key)).toBeUndefined();
      expect(await store.read(key).catch((error) => error)).toBeInstanceOf(BlobMissing);
      await store.delete(key);
      const there = await put(someBytes(10, 6));
      await store.delete(there);
      expect(await store.size(there)).toBeUndefined();
      expect(await store.read(there).catch((error) => error)).toBeInstanceOf(BlobMissing);
    });

    test('[B6] lists what is there', async () => {
      const before = Date.now();
      const keys = [
        await put(someBytes(10, 7), 7),
        await put(someBytes(10, 8), 7),
        await put(someBytes(10, 7), 8),
      ];
      const listed = await keysOf(store);
      for (const { app, hash } of keys) expect(listed).toContain(`${app} ${hash}`);
      for await (const { key, at } of store.list()) {
        // Stores tell seconds.
        if (key.app === 7) expect(Math.abs(at - before)).toBeLessThan(60_000);
      }
    });

    test('[B7] many puts of the same bytes at once leave one, whole', async () => {
      const bytes = someBytes(300_000, 9);
      await Promise.all(Array.from({ length: 8 }, () => put(bytes, 9)));
      expect((await bytesOf(store.read({ app: 9, hash: hashOf(bytes) }))).equals(bytes)).toBe(true);
      expect((await keysOf(store)).filter((key) => key.startsWith('9 '))).toHaveLength(1);
    });
  });
}

/** The rules that a store keeps which takes uploads in parts. */
export function partsContract(name: string, open: () => Promise<OpenedBlobs> | OpenedBlobs): void {
  describe(`uploads in parts: ${name}`, () => {
    let opened: OpenedBlobs;
    let parts: PartStore;
    beforeAll(async () => {
      opened = await open();
      if (opened.store.parts === undefined) throw new Error('this store takes no parts');
      parts = opened.store.parts;
    });
    afterAll(() => opened.close());

    const bring = async (upload: string, number: number, body: Uint8Array<ArrayBuffer>) =>
      (await fetch(await parts.sign(upload, { number, size: body.length }, 60), { method: 'PUT', body }))
        .status;

    test('[P1] parts brought in any order are one blob', async () => {
      const bytes = someBytes(parts.partSize + 1000, 10);
      const upload = await parts.begin(1, crypto.randomUUID());
      expect(await bring(upload, 2, bytes.subarray(parts.partSize))).toBe(200);
      expect(await parts.list(upload)).toEqual([{ number: 2, size: 1000 }]);
      expect(await bring(upload, 1, bytes.subarray(0, parts.partSize))).toBe(200);
      const both: readonly StoredPart[] = [
        { number: 1, size: parts.partSize },
        { number: 2, size: 1000 },
      ];
      expect(await parts.list(upload)).toEqual(both);
      await parts.join(upload);
      await parts.join(upload);
      // Some stores go on telling of what they joined.
      expect([undefined, both]).toContainEqual(await parts.list(upload));
      expect((await bytesOf(parts.read(upload))).equals(bytes)).toBe(true);
      const key = { app: 1, hash: hashOf(bytes) };
      await parts.keep(upload, key);
      await parts.drop(upload);
      expect((await bytesOf(opened.store.read(key))).equals(bytes)).toBe(true);
    });

    test('[P2] a signed address is good for its part alone', async () => {
      const upload = await parts.begin(1, crypto.randomUUID());
      const url = new URL(await parts.sign(upload, { number: 1, size: 1 }, 60));
      url.searchParams.set('partNumber', '2');
      expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
      expect(await parts.list(upload)).toEqual([]);
    });

    test('[P2] and for as many bytes as the part has', async () => {
      const upload = await parts.begin(1, crypto.randomUUID());
      const url = await parts.sign(upload, { number: 1, size: 10 }, 60);
      for (const size of [11, 9])
        expect((await fetch(url, { method: 'PUT', body: someBytes(size, 14) })).status).toBe(403);
      expect((await fetch(url, { method: 'PUT', body: someBytes(10, 14) })).status).toBe(200);
      expect(await parts.list(upload)).toEqual([{ number: 1, size: 10 }]);
    });

    test('[P3] what was dropped is gone, however far it came, and is dropped again in peace', async () => {
      const [begun, joined] = [
        await parts.begin(1, crypto.randomUUID()),
        await parts.begin(1, crypto.randomUUID()),
      ];
      await bring(begun, 1, someBytes(10, 11));
      await bring(joined, 1, someBytes(10, 12));
      await parts.join(joined);
      for (const upload of [begun, joined, begun, joined]) await parts.drop(upload);
      expect(await parts.list(begun)).toBeUndefined();
      await expect(bytesOf(parts.read(joined))).rejects.toThrow();
    });

    test('[P5] an upload that is begun again under the id of a file is another one', async () => {
      const file = crypto.randomUUID();
      const [first, second] = [await parts.begin(1, file), await parts.begin(1, file)];
      const [bytes, others] = [someBytes(10, 15), someBytes(10, 16)];
      for (const [upload, body] of [
        [first, bytes],
        [second, others],
      ] as const) {
        await bring(upload, 1, body);
        await parts.join(upload);
      }
      expect((await bytesOf(parts.read(first))).equals(bytes)).toBe(true);
      await parts.drop(second);
      expect((await bytesOf(parts.read(first))).equals(bytes)).toBe(true);
    });

    test('[P4] an address of a blob tells type, name and caching', async () => {
      const upload = await parts.begin(1, crypto.randomUUID());
      const bytes = someBytes(50, 13);
      await bring(upload, 1, bytes);
      await parts.join(upload);
      const key = { app: 1, hash: hashOf(bytes) };
      await parts.keep(upload, key);
      const headers = {
        type: 'text/plain',
        disposition: `attachment; filename*=UTF-8''%E6%96%87.txt`,
        cacheControl: 'private, max-age=9',
      };
      const answer = await fetch((await opened.store.address?.(key, 60, headers)) ?? '');
      expect(answer.status).toBe(200);
      expect(Buffer.from(await answer.bytes()).equals(bytes)).toBe(true);
      expect(answer.headers.get('content-type')).toBe('text/plain');
      expect(answer.headers.get('content-disposition')).toBe(headers.disposition);
      expect(answer.headers.get('cache-control')).toBe('private, max-age=9');
    });
  });
}
