import type { SQL } from 'bun';
import type { Migration } from './migrations.ts';

/** The schema in the database is not one that this program can serve; the message says what to do. */
class MigrationError extends Error {
  override name = 'MigrationError';
}

/** One lock for all nodes of a database; the number is arbitrary and only has to be the same everywhere. */
const LOCK = 7_400_001;

function checkDense(migrations: readonly Migration[]): void {
  migrations.forEach((m, i) => {
    if (m.version !== i + 1)
      throw new MigrationError(`migration ${m.name} has version ${m.version}, expected ${i + 1}`);
  });
}

/**
 * Brings the schema forward to this program's version, each step in a transaction of its own, under a lock that lets
 * one node do it while others wait. Returns the versions that it applied. Throws MigrationError when the database is
 * newer than the program.
 */
export async function migrate(sql: SQL, migrations: readonly Migration[]): Promise<number[]> {
  checkDense(migrations);
  const connection = await sql.reserve();
  try {
    await connection.unsafe(`select pg_advisory_lock(${LOCK})`);
    await connection.unsafe(
      'create table if not exists schema_migrations (version integer primary key, name text not null, applied_at timestamptz not null default now())',
    );
    const rows: { version: number }[] = await connection.unsafe(
      'select version from schema_migrations order by version',
    );
    const newest = rows.at(-1)?.version ?? 0;
    if (newest > migrations.length) {
      throw new MigrationError(
        `The database has schema version ${newest}, this program knows ${migrations.length}. Start the newer program, or restore a backup from before it.`,
      );
    }
    const due = migrations.slice(newest);
    for (const step of due) {
      await connection.unsafe('begin');
      await connection.unsafe(step.sql);
      await connection.unsafe('insert into schema_migrations (version, name) values ($1, $2)', [
        step.version,
        step.name,
      ]);
      await connection.unsafe('commit');
    }
    return due.map((m) => m.version);
  } finally {
    // Closing would free the lock too, but a pooled connection lives on.
    await connection.unsafe('rollback').catch(() => undefined);
    await connection.unsafe(`select pg_advisory_unlock(${LOCK})`).catch(() => undefined);
    connection.release();
  }
}
