import { type Change, type Storage, TABLES, type Table } from './storage.ts';

type Rows = Map<string, unknown>;

/** Blobs cannot change, so that one is its own copy. */
const copied = (value: unknown): unknown => (value instanceof Blob ? value : structuredClone(value));

function apply(tables: Map<Table, Rows>, change: Change): void {
  const rows = (table: Table) => tables.get(table) as Rows;
  if ('put' in change) {
    const held = rows(change.put).get(change.key) as { rev?: number } | undefined;
    const value = copied(change.value) as { rev?: number };
    if (change.newer && (held?.rev ?? -1) > (value.rev ?? 0)) return;
    rows(change.put).set(change.key, value);
  } else if ('remove' in change) rows(change.remove).delete(change.key);
  else if ('clear' in change) rows(change.clear).clear();
  else {
    const table = rows(change.trim);
    const byAge = [...table].sort(([, a], [, b]) => (a as { at: number }).at - (b as { at: number }).at);
    for (const [key] of byAge.slice(0, Math.max(0, table.size - change.keep))) table.delete(key);
  }
}

/** Storage that ends with the process. */
export function memoryStorage(): Storage {
  let tables = new Map<Table, Rows>(TABLES.map((table) => [table, new Map()]));
  return {
    get: async (table, key) => copied(tables.get(table)?.get(key)),
    all: async (table) => [...(tables.get(table) as Rows).values()].map(copied),
    async transaction(changes) {
      const copy = new Map([...tables].map(([table, rows]) => [table, new Map(rows)]));
      for (const change of changes) apply(copy, change);
      tables = copy;
    },
  };
}
