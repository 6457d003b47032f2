import { access, constants, mkdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Config } from '../config.ts';
import { reason } from '../core/log.ts';
import { newEpoch } from '../slices/apps/index.ts';
import { CliError, print } from './output.ts';
import { settings } from './settings.ts';
import { withDatabase } from './with-database.ts';

interface Check {
  name: string;
  run(config: Config): Promise<string>;
}

const CHECKS: Check[] = [
  {
    name: 'data folder',
    async run({ data }) {
      await mkdir(data, { recursive: true });
      await access(data, constants.W_OK);
      return `${data} can be written`;
    },
  },
  {
    name: 'open files',
    async run() {
      const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
      const soft = /Max open files\s+(\d+)/.exec(limits)?.[1];
      if (soft === undefined) return 'the limit is not known on this system';
      if (Number(soft) < 4096)
        throw new Error(`at most ${soft}, and every connection takes one; raise it with ulimit -n`);
      return `at most ${soft}`;
    },
  },
  {
    name: 'database',
    run: (config) =>
      withDatabase(config, async ({ db }) => {
        const { rows } = await sql<{ version: string; fsync: string; commit: string }>`
          select current_setting('server_version') as version, current_setting('fsync') as fsync,
            current_setting('synchronous_commit') as commit`.execute(db);
        const row = rows[0];
        if (row === undefined || Number.parseInt(row.version, 10) < 15) {
          throw new Error(`PostgreSQL ${row?.version}; 15 or newer is needed`);
        }
        if (row.fsync !== 'on' || row.commit === 'off') {
          throw new Error(
            `fsync is ${row.fsync} and synchronous_commit ${row.commit}: an acknowledged message could be lost`,
          );
        }
        return `PostgreSQL ${row.version}`;
      }),
  },
];

/** Looks at everything a node needs and says what is wrong. */
export async function doctor({ newEpoch: renew }: { newEpoch?: boolean }): Promise<void> {
  const config = settings();
  let failed = 0;
  for (const check of CHECKS) {
    try {
      print(`ok      ${check.name}: ${await check.run(config)}`);
    } catch (error) {
      failed++;
      print(`WRONG   ${check.name}: ${reason(error)}`);
    }
  }
  if (renew === true) {
    const epoch = await withDatabase(config, ({ db }) => newEpoch(db, () => crypto.randomUUID()));
    print(
      `The database begins the epoch ${epoch}; restart the nodes, and every device syncs from the start.`,
    );
  }
  if (failed > 0) throw new CliError(`${failed} of ${CHECKS.length} checks failed.`);
}
