import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Database, type DatabaseAddress, openDatabase } from '../db/database.ts';
import { freshDatabase } from '../testing/database.ts';
import { APPLICATION, createJobs, type Task } from './jobs.ts';
import { createLogger } from './log.ts';

let address: DatabaseAddress;
let database: Database;
const lines: string[] = [];

beforeAll(async () => {
  address = await freshDatabase();
  database = openDatabase(address, 4);
});
afterAll(() => database.close());

/** Pauses are over at once. */
const clock = {
  now: () => 0,
  after(_milliseconds: number, run: () => void) {
    setImmediate(run);
    return () => undefined;
  },
};

function queue() {
  const logger = createLogger({
    level: 'info',
    format: 'text',
    write: (line) => lines.push(line),
    now: () => 0,
  });
  return createJobs({ connectionString: database.connectionString, clock, logger });
}

/** A task that tells when it ran, with what. */
function recorder() {
  const runs: unknown[] = [];
  const waiting: (() => void)[] = [];
  const task: Task = async (payload) => {
    runs.push(payload);
    for (const resolve of waiting.splice(0)) resolve();
  };
  const count = async (n: number) => {
    while (runs.length < n) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return { runs, task, count };
}

test('a job runs when its transaction is committed, and never when it is not', async () => {
  const jobs = queue();
  const { runs, task, count } = recorder();
  // Asked for before the queue is there: waits for it.
  const early = jobs.add(database.db, 'note', { payload: { n: 1 }, attempts: 1 });
  await jobs.start({ note: task }, [{ task: 'note', at: '17 * * * *' }]);
  await early;
  await count(1);
  const undone = database.db.transaction().execute(async (trx) => {
    await jobs.add(trx, 'note', { payload: { n: 2 }, attempts: 1 });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await database.db.transaction().execute((trx) => jobs.add(trx, 'note', { payload: { n: 3 }, attempts: 1 }));
  await count(2);
  expect(runs).toEqual([{ n: 1 }, { n: 3 }]);
  await jobs.stop();
});

test('what failed is kept to be tried again, with what went wrong', async () => {
  const jobs = queue();
  const { promise: failed, resolve } = Promise.withResolvers<{ number: number; last: boolean }>();
  await jobs.start(
    {
      flaky: async (_payload, attempt) => {
        resolve(attempt);
        throw new Error('not today');
      },
    },
    [],
  );
  await jobs.add(database.db, 'flaky', { payload: {}, attempts: 3 });
  expect(await failed).toEqual({ number: 1, last: false });
  await jobs.stop();
  const [job] =
    await database.hot`select attempts, last_error, run_at > now() as later, locked_at from graphile_worker._private_jobs`;
  expect(job).toEqual({ attempts: 1, last_error: 'not today', later: true, locked_at: null });
  expect(lines.some((line) => line.includes('not today'))).toBe(true);
  await database.hot`delete from graphile_worker._private_jobs`;
});

test('a stop waits for what runs', async () => {
  const jobs = queue();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  let ended = false;
  await jobs.start(
    {
      slow: async () => {
        begin();
        await gate;
        ended = true;
      },
    },
    [],
  );
  await jobs.add(database.db, 'slow', { payload: {}, attempts: 1 });
  await begun;
  const stopped = jobs.stop().then(() => ended);
  open();
  expect(await stopped).toBe(true);
  const left = await database.hot`select 1 from graphile_worker._private_jobs`;
  expect(left).toHaveLength(0);
});

test('a stop gives back what takes too long', async () => {
  const jobs = queue();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const never = new Promise<void>(() => undefined);
  await jobs.start(
    {
      endless: () => {
        begin();
        return never;
      },
    },
    [],
  );
  await jobs.add(database.db, 'endless', { payload: {}, attempts: 5 });
  await begun;
  const from = performance.now();
  await jobs.stop();
  expect(performance.now() - from).toBeLessThan(5_000);
  const rows = await database.hot`select locked_at, attempts from graphile_worker._private_jobs`;
  expect([...rows]).toEqual([{ locked_at: null, attempts: 1 }]);
  await database.hot`delete from graphile_worker._private_jobs`;
}, 10_000);

test('goes on after its connections broke', async () => {
  const jobs = queue();
  const { task, count, runs } = recorder();
  await jobs.start({ note: task }, []);
  await jobs.add(database.db, 'note', { payload: { n: 8 }, attempts: 1 });
  await count(1);
  await database.hot`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = ${APPLICATION}`;
  await jobs.add(database.db, 'note', { payload: { n: 9 }, attempts: 1 });
  await count(2);
  expect(runs).toEqual([{ n: 8 }, { n: 9 }]);
  await jobs.stop();
}, 20_000);
