import { SQL } from 'bun';
import { Kysely, type Transaction } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;

/** Where PostgreSQL is: an address, or the Unix socket of the embedded one. */
export type DatabaseAddress =
  | { url: string }
  | { socketDir: string; port: number; database: string; username: string };

/** The two ways to the one database. */
export interface Database {
  /** Queries by Kysely, for everything but the hot paths. */
  db: Db;
  /** Plain SQL on connections of their own, so that a send never waits for another operation's connection. */
  hot: SQL;
  /** For libraries that bring their own driver. */
  connectionString: string;
  close(): Promise<void>;
}

/** How many batches of sends are written at the same time. More does not help: they share one disk and one log. */
export const HOT_CONNECTIONS = 2;

function options(address: DatabaseAddress): SQL.Options {
  if ('url' in address) return { url: address.url };
  const { socketDir, port, database, username } = address;
  return { path: `${socketDir}/.s.PGSQL.${port}`, database, username, adapter: 'postgres' };
}

function connectionString(address: DatabaseAddress): string {
  if ('url' in address) return address.url;
  const { socketDir, port, database, username } = address;
  return `postgres:///${database}?host=${encodeURIComponent(socketDir)}&port=${port}&user=${username}`;
}

/** Opens both pools; `connections` bounds the one for queries. Connections are made when first needed. */
export function openDatabase(address: DatabaseAddress, connections: number): Database {
  const shared = { ...options(address), connectionTimeout: 10, idleTimeout: 0, maxLifetime: 0 };
  // Whatever the database's default is: what is acknowledged has reached the disk.
  const durable = { synchronous_commit: 'on' };
  const pool = new SQL({ ...shared, max: connections, connection: durable });
  const hot = new SQL({
    ...shared,
    max: HOT_CONNECTIONS,
    // A plan that was made while the tables were small would go on reading them whole when they are large.
    connection: { ...durable, enable_seqscan: 'off' },
  });
  const db = new Kysely<Tables>({ dialect: new PostgresJSDialect({ postgres: pool as never }) });
  return {
    db,
    hot,
    connectionString: connectionString(address),
    async close() {
      await Promise.all([db.destroy(), hot.close()]);
    },
  };
}
