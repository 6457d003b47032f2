import { type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { type Change, type Storage, TABLES, type Table, tableOf } from './storage.ts';

type Transaction = IDBPTransaction<unknown, Table[], 'readwrite'>;

async function trim(transaction: Transaction, table: Table, keep: number): Promise<void> {
  const store = transaction.objectStore(table);
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  const byAge = keys
    .map((key, i) => ({ key, at: (values[i] as { at: number }).at }))
    .sort((a, b) => a.at - b.at);
  for (const { key } of byAge.slice(0, Math.max(0, keys.length - keep))) await store.delete(key);
}

async function apply(transaction: Transaction, change: Change): Promise<void> {
  if ('put' in change) {
    const store = transaction.objectStore(change.put);
    const held = change.newer ? ((await store.get(change.key)) as { rev?: number } | undefined) : undefined;
    if ((held?.rev ?? -1) <= ((change.value as { rev?: number }).rev ?? 0) || !change.newer) {
      await store.put(change.value, change.key);
    }
  } else if ('remove' in change) await transaction.objectStore(change.remove).delete(change.key);
  else if ('clear' in change) await transaction.objectStore(change.clear).clear();
  else await trim(transaction, change.trim, change.keep);
}

/** Storage that outlives the page and is shared by its tabs. One `name` holds one signed-in person of one node. */
export function indexedDbStorage(name = 'inlay'): Storage {
  let opened: Promise<IDBPDatabase> | undefined;
  const database = (): Promise<IDBPDatabase> => {
    opened ??= openDB(name, 2, {
      upgrade(db) {
        for (const table of TABLES) if (!db.objectStoreNames.contains(table)) db.createObjectStore(table);
      },
      /** Another tab brings a newer version: let go, so that it is not held up. */
      blocking: (_, __, event) => (event.target as IDBDatabase).close(),
      terminated: () => {
        opened = undefined;
      },
    });
    return opened;
  };
  return {
    shared: name,
    get: async (table, key) => (await database()).get(table, key),
    all: async (table) => (await database()).getAll(table),
    async transaction(changes) {
      const tables = new Set(changes.map(tableOf));
      if (tables.size === 0) return;
      const transaction = (await database()).transaction([...tables], 'readwrite');
      try {
        for (const change of changes) await apply(transaction, change);
      } catch (error) {
        transaction.done.catch(() => {});
        transaction.abort();
        throw error;
      }
      await transaction.done;
    },
  };
}
