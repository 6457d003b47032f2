import type { SystemBody } from '@inlay-im/protocol';
import { InlayError } from '@inlay-im/protocol';
import { sql } from 'kysely';
import type { Db, Trx } from '../db/database.ts';
import type { KeyedLock } from './keyed-lock.ts';
import { type ConversationRow, type MessageRow, toMessage } from './wire.ts';

/** Something to tell once the change is committed. */
export type After = () => void;

/** One transaction on one conversation, whose row is locked. Revisions that it hands out are dense. */
export interface ChangeTx {
  readonly trx: Trx;
  /** The row as it was found; counters as they were before this change. */
  readonly row: ConversationRow;
  readonly at: Date;
  /** How many members there are as of what this change did so far. */
  memberCount: number;
  /** The next revision; every durable change takes one and stores it with what it changed. */
  nextRev(): number;
  /** Writes a line of the server's own into the conversation; returns the message for its event. */
  addSystemMessage(body: SystemBody): Promise<ReturnType<typeof toMessage>>;
  /** Runs after the commit, in the order given, before the next change of the conversation. */
  after(task: After): void;
  /** Takes back what was told ahead of the commit, should there be none. */
  undo(task: After): void;
}

export interface ChangeDeps {
  db: Db;
  lock: KeyedLock;
  now: () => number;
  uuid: () => string;
}

class Change implements ChangeTx {
  readonly tasks: After[] = [];
  readonly undoing: After[] = [];
  rev: number;
  n: number;
  memberCount: number;

  constructor(
    readonly trx: Trx,
    readonly row: ConversationRow,
    readonly at: Date,
    readonly uuid: () => string,
  ) {
    this.rev = row.rev;
    this.n = row.last_n;
    this.memberCount = row.member_count;
  }

  nextRev(): number {
    return ++this.rev;
  }

  after(task: After): void {
    this.tasks.push(task);
  }

  undo(task: After): void {
    this.undoing.push(task);
  }

  async addSystemMessage(body: SystemBody) {
    const message: MessageRow = {
      n: ++this.n,
      rev: this.nextRev(),
      id: this.uuid(),
      sender: null,
      at: this.at,
      body,
      reply_to: null,
      mentions: null,
      priority: 'low',
      silent: true,
      edited_at: null,
      recalled_at: null,
      recalled_by: null,
      reactions: null,
    };
    await this.trx
      .insertInto('messages')
      .values({
        conversation: this.row.pk,
        ...message,
        body: sql`${JSON.stringify(body)}::text::json`,
        reactions: null,
        fingerprint: null,
      })
      .execute();
    return toMessage(this.row.id, message);
  }

  /** The counters go back into the row only if something changed, and always with this transaction's id. */
  async finish(): Promise<void> {
    if (this.rev === this.row.rev) return;
    const wrote = this.n > this.row.last_n;
    await this.trx
      .updateTable('conversations')
      .set({ rev: this.rev, last_n: this.n, xid: sql`pg_current_xact_id()` as never })
      .$if(wrote, (q) => q.set({ active_at: this.at }))
      .where('pk', '=', this.row.pk)
      .execute();
  }
}

/** Gives the conversation's row, locked or new; undefined ends the transaction without a change. */
type Open = (trx: Trx, at: Date) => Promise<ConversationRow | undefined>;

/**
 * One transaction: opens the row, lets `task` check and do, writes the counters back, commits, then tells. A throw
 * rolls everything back and tells nothing.
 */
async function transact<T>(
  deps: ChangeDeps,
  open: Open,
  task: (tx: ChangeTx) => Promise<T>,
): Promise<T | undefined> {
  let tx: Change | undefined;
  const changed = deps.db.transaction().execute(async (trx) => {
    const at = new Date(deps.now());
    const row = await open(trx, at);
    if (row === undefined) return undefined;
    tx = new Change(trx, row, at, deps.uuid);
    const value = await task(tx);
    await tx.finish();
    return value;
  });
  const result = await changed.catch((error: unknown) => {
    for (const takeBack of tx?.undoing ?? []) takeBack();
    throw error;
  });
  for (const tell of tx?.tasks ?? []) tell();
  return result;
}

const lockRow =
  (conversation: string) =>
  async (trx: Trx): Promise<ConversationRow> => {
    const row = await trx
      .selectFrom('conversations')
      .selectAll()
      .where('pk', '=', conversation)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (row === undefined) throw new InlayError('not_found', 'There is no such conversation.');
    return row as ConversationRow;
  };

/** The two ways to change a conversation: one that is there, and one that begins. */
export function createChange(deps: ChangeDeps) {
  return {
    /** Changes a conversation by its key; changes and sends of one conversation follow one another. */
    change: async <T>(conversation: string, task: (tx: ChangeTx) => Promise<T>): Promise<T> =>
      await deps.lock.run(conversation, async () => (await transact(deps, lockRow(conversation), task)) as T),
    /** Begins a conversation: `open` inserts its row, or gives undefined where its id is taken. */
    begin: <T>(open: Open, task: (tx: ChangeTx) => Promise<T>): Promise<T | undefined> =>
      transact(deps, open, task),
  };
}
