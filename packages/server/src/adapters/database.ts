import { type Logger, reason } from '../core/log.ts';
import type { DatabaseAddress } from '../db/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres/index.ts';

/** Where the database is, and how to let go of it. */
export interface DatabaseSource {
  address: DatabaseAddress;
  /** Resolves if the database is gone for good; never for one that is not ours. */
  lost: Promise<string>;
  stop(): Promise<void>;
}

export interface SourceOptions {
  /** Undefined: the embedded one. */
  given: DatabaseAddress | undefined;
  dataDir: string;
  logger: Logger;
}

/** How often in a row an embedded PostgreSQL that dies is started again before the node gives up. */
const RESTARTS = 5;
/** One that lived this long, in ms, was well: its end does not count as one in a row. */
const WELL = 60_000;

/** A database by address, or the embedded one, which is started, and started again should it die. */
export async function openSource({ given, dataDir, logger }: SourceOptions): Promise<DatabaseSource> {
  if (given !== undefined) {
    return { address: given, lost: new Promise(() => undefined), stop: async () => undefined };
  }
  const start = () => startEmbeddedPostgres({ dataDir, log: (line) => logger.debug('postgresql', { line }) });
  let running: EmbeddedPostgres = await start();
  let stopping = false;
  const { promise: lost, resolve: lose } = Promise.withResolvers<string>();

  async function watch(restarts: number): Promise<void> {
    const began = performance.now();
    const code = await running.exited;
    if (stopping) return;
    const inRow = performance.now() - began > WELL ? 0 : restarts;
    logger.error('the embedded PostgreSQL ended by itself', { code, restarts: inRow });
    if (inRow === RESTARTS)
      return lose('the embedded PostgreSQL ends again and again; see its log with INLAY_LOG=debug');
    try {
      running = await start();
      // Told to stop while it was starting, and nobody else knows of it yet.
      if (stopping) return void (await running.stop());
      logger.warn('the embedded PostgreSQL was started again');
      void watch(inRow + 1);
    } catch (error) {
      lose(reason(error));
    }
  }
  void watch(0);

  const { socketDir, port, database, username } = running;
  return {
    address: { socketDir, port, database, username },
    lost,
    async stop() {
      stopping = true;
      await running.stop();
    },
  };
}
