import { type Change, type Storage, TABLES, type Table, tableOf } from './storage.ts';

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const ended = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

function open(name: string, closed: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 2);
  request.onupgradeneeded = () => {
    const { result: db } = request;
    for (const table of TABLES) if (!db.objectStoreNames.contains(table)) db.createObjectStore(table);
  };
  return answer(request).then((db) => {
    // Another tab brings a newer version: let go, so that it is not held up.
    db.onversionchange = () => db.close();
    db.onclose = closed;
    return db;
  });
}

async function trim(store: IDBObjectStore, keep: number): Promise<void> {
  const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
  const byAge = keys
    .map((key, i) => ({ key, at: (values[i] as { at: number }).at }))
    .sort((a, b) => a.at - b.at);
  for (const { key } of byAge.slice(0, Math.max(0, keys.length - keep))) await answer(store.delete(key));
}

async function apply(transaction: IDBTransaction, change: Change): Promise<void> {
  const store = transaction.objectStore(tableOf(change));
  if ('put' in change) {
    const held = change.newer
      ? ((await answer(store.get(change.key))) as { rev?: number } | undefined)
      : undefined;
    if ((held?.rev ?? -1) <= ((change.value as { rev?: number }).rev ?? 0) || !change.newer) {
      await answer(store.put(change.value, change.key));
    }
  } else if ('remove' in change) await answer(store.delete(change.key));
  else if ('clear' in change) await answer(store.clear());
  else await trim(store, change.keep);
}

/** Storage that outlives the page and is shared by its tabs. One `name` holds one signed-in person of one node. */
export function indexedDbStorage(name = 'inlay'): Storage {
  let opened: Promise<IDBDatabase> | undefined;
  const database = (): Promise<IDBDatabase> => {
    opened ??= open(name, () => {
      opened = undefined;
    });
    return opened;
  };
  const table = async (one: Table) => (await database()).transaction(one).objectStore(one);
  return {
    shared: name,
    get: async (one, key) => answer((await table(one)).get(key)),
    all: async (one) => answer((await table(one)).getAll()),
    async transaction(changes) {
      const tables = new Set(changes.map(tableOf));
      if (tables.size === 0) return;
      const transaction = (await database()).transaction([...tables], 'readwrite');
      const end = ended(transaction);
      try {
        for (const change of changes) await apply(transaction, change);
      } catch (error) {
        end.catch(() => {});
        transaction.abort();
        throw error;
      }
      await end;
    },
  };
}
