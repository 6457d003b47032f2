import { InlayError, LIMITS, type Message } from '@inlay-im/protocol';
import { sql } from 'kysely';
import {
  type ChangeTx,
  conversationTopic,
  type Log,
  MESSAGE_COLUMNS,
  type MessageRow,
  toMessage,
} from '../../log/index.ts';
import { messageNotFound } from './floor.ts';

/** A message within a change, above the number after which the caller may see messages. */
export async function lockMessage(tx: ChangeTx, n: number, floor: number): Promise<MessageRow> {
  const { rows } = await sql<MessageRow>`
    select ${MESSAGE_COLUMNS} from messages where conversation = ${tx.row.pk} and n = ${n} and n > ${floor}`.execute(
    tx.trx,
  );
  const [row] = rows;
  if (row === undefined) throw messageNotFound();
  return row;
}

/** A recalled message is gone for good; a line of the server's is not anyone's to change. */
export function checkChangeable(row: MessageRow): void {
  if (row.recalled_at !== null)
    throw new InlayError('too_late', 'This message was recalled.', { field: 'n' });
  if (row.body?.kind === 'system')
    throw new InlayError('forbidden', 'A system message stays as it is.', { field: 'n' });
}

/** The time in which a sender may change a message. */
export function checkWindow(row: MessageRow, at: Date): void {
  if (at.getTime() - new Date(row.at).getTime() > LIMITS.editWindow) {
    throw new InlayError('too_late', `Messages can be changed for ${LIMITS.editWindow / 3600_000} hours.`, {
      field: 'n',
    });
  }
}

/** Reads a message as this change left it and tells it after the commit. */
export async function tellMessage(log: Log, tx: ChangeTx, n: number): Promise<Message> {
  const message = toMessage(tx.row.id, await lockMessage(tx, n, 0));
  tx.after(() => {
    log.fanout.publish(conversationTopic(tx.row.pk), 'message.changed', {
      conversation: tx.row.id,
      rev: message.rev,
      message,
    });
  });
  return message;
}
