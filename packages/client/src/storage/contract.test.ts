import { describe, expect, test } from 'bun:test';
import 'fake-indexeddb/auto';
import { indexedDbStorage } from './indexeddb.ts';
import { memoryStorage } from './memory.ts';
import type { Storage } from './storage.ts';

let count = 0;
const adapters: Record<string, () => Storage> = {
  memory: memoryStorage,
  indexeddb: () => {
    count += 1;
    return indexedDbStorage(`contract ${count}`);
  },
};

for (const [name, make] of Object.entries(adapters)) {
  describe(`storage: ${name}`, () => {
    test('gives back what was put, as a copy', async () => {
      const storage = make();
      const value = { id: 'a', list: [1] };
      await storage.transaction([{ put: 'users', key: 'a', value }]);
      value.list.push(2);
      expect(await storage.get('users', 'a')).toEqual({ id: 'a', list: [1] });
      expect(await storage.get('users', 'b')).toBeUndefined();
      expect(await storage.get('windows', 'a')).toBeUndefined();
    });

    test('lists, removes and clears one table at a time', async () => {
      const storage = make();
      await storage.transaction([
        { put: 'users', key: 'a', value: 1 },
        { put: 'users', key: 'b', value: 2 },
        { put: 'outbox', key: 'a', value: 3 },
        { remove: 'users', key: 'a' },
      ]);
      expect(await storage.all('users')).toEqual([2]);
      await storage.transaction([{ clear: 'users' }]);
      expect(await storage.all('users')).toEqual([]);
      expect(await storage.all('outbox')).toEqual([3]);
    });

    test('[L5] keeps a higher revision where asked to', async () => {
      const storage = make();
      await storage.transaction([{ put: 'windows', key: 'a', value: { rev: 5 } }]);
      await storage.transaction([{ put: 'windows', key: 'a', value: { rev: 4 }, newer: true }]);
      expect(await storage.get('windows', 'a')).toEqual({ rev: 5 });
      await storage.transaction([{ put: 'windows', key: 'a', value: { rev: 5, same: true }, newer: true }]);
      expect(await storage.get('windows', 'a')).toEqual({ rev: 5, same: true });
      await storage.transaction([{ put: 'windows', key: 'a', value: { rev: 1 } }]);
      expect(await storage.get('windows', 'a')).toEqual({ rev: 1 });
    });

    test('trims the oldest', async () => {
      const storage = make();
      await storage.transaction(
        [3, 1, 2].map((at) => ({ put: 'windows', key: `k${at}`, value: { at } }) as const),
      );
      await storage.transaction([{ trim: 'windows', keep: 2 }]);
      expect(await storage.get('windows', 'k1')).toBeUndefined();
      expect(await storage.all('windows')).toHaveLength(2);
    });

    test('keeps the bytes of a blob', async () => {
      const storage = make();
      const blob = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' });
      await storage.transaction([{ put: 'blobs', key: 'a', value: blob }]);
      const kept = (await storage.get('blobs', 'a')) as Blob;
      expect(kept).toBeInstanceOf(Blob);
      expect([kept.type, [...new Uint8Array(await kept.arrayBuffer())]]).toEqual(['image/png', [1, 2, 3]]);
      expect(await storage.all('blobs')).toHaveLength(1);
      await storage.transaction([{ remove: 'blobs', key: 'a' }]);
      expect(await storage.get('blobs', 'a')).toBeUndefined();
    });

    test('changes nothing when nothing is to be changed', async () => {
      await make().transaction([]);
    });

    test('changes all or nothing', async () => {
      const storage = make();
      const bad = { put: 'users', key: 'b', value: () => {} } as const;
      await expect(storage.transaction([{ put: 'users', key: 'a', value: 1 }, bad])).rejects.toThrow();
      expect(await storage.all('users')).toEqual([]);
    });
  });
}
