import type { Handler } from '../../core/handler.ts';
import type { Db } from '../../db/database.ts';
import { readDevices } from './queries.ts';

export const list =
  (db: Db): Handler<'devices.list'> =>
  async (caller) => {
    const rows = await readDevices(db, { app: caller.app.pk, user: caller.user });
    return {
      devices: rows.map((row) => ({
        id: row.id,
        name: row.name,
        createdAt: row.created_at.getTime(),
        lastSeenAt: row.last_seen_at.getTime(),
        current: row.id === caller.device,
      })),
    };
  };
