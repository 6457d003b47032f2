import type { Change, Storage, Table } from '@inlay-im/client';

interface Counted {
  readonly rev: number;
  readonly self: Readonly<Record<'readN' | 'deliveredN' | 'clearedN' | 'ownN', number>> | null;
  readonly others: { readonly readN: number; readonly deliveredN: number };
}

interface Standing {
  readonly epoch?: string;
  readonly cursor?: string;
  readonly me?: { readonly rev: number };
}

const FROM_NODE: readonly Table[] = ['meta', 'conversations', 'windows', 'users'];
const MARKS = ['readN', 'deliveredN', 'clearedN', 'ownN'] as const;
const position = (cursor: string): bigint => BigInt(cursor.slice(cursor.lastIndexOf('.') + 1));

/** [L6] What a conversation's counters became, beside what they were. */
function conversation(before: Counted, after: Counted): string[] {
  const wrong: string[] = [];
  if (after.rev < before.rev) wrong.push(`[L5] the revision went back from ${before.rev} to ${after.rev}`);
  for (const mark of MARKS) {
    const [was, is] = [before.self?.[mark] ?? 0, after.self?.[mark]];
    if (is !== undefined && is < was) wrong.push(`[L6] ${mark} went back from ${was} to ${is}`);
  }
  for (const mark of ['readN', 'deliveredN'] as const) {
    const [was, is] = [before.others[mark], after.others[mark]];
    if (is < was) wrong.push(`[L6] the others' ${mark} went back from ${was} to ${is}`);
  }
  return wrong;
}

/** [L5] Where a device stands, beside where it stood. */
function standing(before: Standing, after: Standing): string[] {
  if (before.epoch !== after.epoch) return [];
  const wrong: string[] = [];
  if (before.cursor !== undefined && after.cursor === undefined) wrong.push('[L5] the cursor was lost');
  if (before.cursor && after.cursor && position(after.cursor) < position(before.cursor)) {
    wrong.push(`[L5] the cursor went back from ${before.cursor} to ${after.cursor}`);
  }
  if ((after.me?.rev ?? 0) < (before.me?.rev ?? 0)) {
    wrong.push(`[L5] my revision went back from ${before.me?.rev} to ${after.me?.rev}`);
  }
  return wrong;
}

/**
 * A device's storage, which sees everything that the client believes over all its restarts: whatever goes back there
 * went back on the device.
 */
export class Witness {
  readonly wrong: string[] = [];
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** The storage for one process of the client; a dead process writes nothing. */
  process(alive: () => boolean): Storage {
    return {
      get: (table, key) => this.#storage.get(table, key),
      all: (table) => this.#storage.all(table),
      transaction: async (changes) => {
        if (!alive()) return;
        await this.#look(changes);
        await this.#storage.transaction(changes);
      },
    };
  }

  all(table: Table): Promise<unknown[]> {
    return this.#storage.all(table);
  }

  /** Everything that came from the node, as text: the outbox holds what its person wrote and may send again. */
  async text(): Promise<string> {
    return JSON.stringify(await Promise.all(FROM_NODE.map((table) => this.#storage.all(table))));
  }

  async #look(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      if (!('put' in change)) continue;
      const before = await this.#storage.get(change.put, change.key);
      if (before === undefined) continue;
      const at = `${change.put} ${change.key}`;
      if (change.put === 'conversations')
        this.#note(at, conversation(before as Counted, change.value as Counted));
      if (change.put === 'meta' && change.key === 'standing') {
        this.#note(at, standing(before as Standing, change.value as Standing));
      }
    }
  }

  #note(at: string, wrong: readonly string[]): void {
    for (const each of wrong) this.wrong.push(`${each} (${at})`);
  }
}
