import type { Role } from '@inlay-im/protocol';
import type { ChangeTx } from '../../log/index.ts';

/** The role of a member as this transaction sees it, or null. Permissions are decided on this, not on a cache. */
export async function roleIn(tx: ChangeTx, user: string): Promise<Role | null> {
  const row = await tx.trx
    .selectFrom('members')
    .select('role')
    .where('conversation', '=', tx.row.pk)
    .where('user_id', '=', user)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  return row?.role ?? null;
}
