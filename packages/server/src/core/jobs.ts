import { EventEmitter } from 'node:events';
import type { JobHelpers, Runner, TaskList, WorkerEvents } from 'graphile-worker';
import { sql } from 'kysely';
import type { Pool } from 'pg';
import type { Db, Trx } from '../db/database.ts';
import type { Clock } from './clock.ts';
import { type Logger, reason } from './log.ts';

/** Does one job. What it throws has the job tried again later, with growing pauses. */
export type Task = (payload: unknown, attempt: { number: number; last: boolean }) => Promise<void>;

/** A task that runs by the clock. */
export interface Recurring {
  task: string;
  /** In the form of crontab(5), UTC. */
  at: string;
}

export interface JobsDeps {
  connectionString: string;
  clock: Clock;
  logger: Logger;
}

export interface JobOptions {
  payload: object;
  attempts: number;
  /** What takes long and nobody waits for lets all others go first. */
  last?: boolean;
}

/** Jobs that run after the transaction that asked for them, on whichever node is free, and only if it committed. */
export interface Jobs {
  /** Adds a job within a transaction. Waits for the start, which makes the tables of the queue. */
  add(trx: Trx | Db, task: string, o: JobOptions): Promise<void>;
  /** Begins to work. Resolves once it does; slow only the first time, so that nothing need wait for it. */
  start(tasks: Readonly<Record<string, Task>>, recurring: readonly Recurring[]): Promise<void>;
  /** Takes no more, lets what runs end, and gives it back to the queue if it takes longer than the grace. */
  stop(): Promise<void>;
}

/** As many jobs run at the same time; while one does, it needs no connection. */
const CONNECTIONS = 2;
/** What PostgreSQL shows the connections as. */
export const APPLICATION = 'inlay jobs';
/** How long a running job may take once the node stops, in ms. */
const GRACE = 3_000;
/** How long letting go of the database may take after that, in ms. */
const LAST = 500;
/** The queue takes jobs with lower numbers first. */
const LAST_IN_LINE = 10;
/** Before a queue that broke is started again, in ms. */
const PAUSE = 5_000;

function taskList(tasks: Readonly<Record<string, Task>>): TaskList {
  const wrap =
    (task: Task) =>
    (payload: unknown, { job }: JobHelpers) =>
      task(payload, { number: job.attempts, last: job.attempts >= job.max_attempts });
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, wrap(task)]));
}

interface Opened {
  runner: Runner;
  close(): Promise<void>;
}

interface OpenDeps extends JobsDeps {
  isStopping(): boolean;
}

/** A connection that breaks is replaced when it is next needed. */
function watch(pool: Pool, { logger, isStopping }: OpenDeps): void {
  const broke = (error: Error) => {
    // What breaks while the node stops is what it takes down itself.
    if (!isStopping()) logger.warn('a connection of the job queue broke', { reason: error.message });
  };
  pool.on('error', broke);
  pool.on('connect', (client) => void client.on('error', broke));
}

const LEVELS = { error: 'error', warning: 'warn', info: 'debug' } as const;

async function open(deps: OpenDeps, tasks: TaskList, recurring: readonly Recurring[]): Promise<Opened> {
  const { connectionString, logger } = deps;
  // Loaded here, as a node should listen before it has read a queue's code.
  const [worker, { Pool }] = await Promise.all([import('graphile-worker'), import('pg')]);
  const pool = new Pool({ connectionString, max: CONNECTIONS, application_name: APPLICATION });
  watch(pool, deps);
  const events: WorkerEvents = new EventEmitter();
  // Jobs are locked in the name of the pool.
  const holders: string[] = [];
  events.on('pool:create', (event) => void holders.push(event.workerPool.id));
  const items = recurring.map(({ task, at }) => ({ task, match: at, identifier: task }));
  try {
    const runner = await worker.run({
      pgPool: pool,
      // Without batches, the end of a job that cannot be written is a promise that nobody looks at; with them it is
      // tried again.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      concurrency: CONNECTIONS,
      noHandleSignals: true,
      taskList: tasks,
      parsedCronItems: worker.parseCronItems(items),
      events,
      logger: new worker.Logger(() => (level, message) => {
        if (level !== 'debug') logger[LEVELS[level]]('job queue', { message });
      }),
    });
    return { runner, close: () => close(runner, pool, holders) };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Whether it ended within the time; a failure is the caller's. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  return await Promise.race([work.then(() => true as const), late]).finally(() => clearTimeout(timer));
}

/** Ends in order, or gives what still runs back to the queue: else it would be locked for hours. */
async function close(runner: Runner, pool: Pool, holders: readonly string[]): Promise<void> {
  try {
    if (await within(GRACE, runner.stop())) return;
    await within(LAST, pool.query('select graphile_worker.force_unlock_workers($1::text[])', [holders]));
  } finally {
    // Waits for connections that are in use, which one that broke can be for ever.
    await within(LAST, pool.end());
  }
}

/** The queue of this database. */
export function createJobs(deps: JobsDeps): Jobs {
  const { clock, logger } = deps;
  const { promise: started, resolve: ready, reject: failed } = Promise.withResolvers<void>();
  // Whoever starts it is told; whoever waits for it is, too.
  started.catch(() => undefined);
  let opening: Promise<Opened> | undefined;
  let stopping = false;

  async function work(tasks: TaskList, recurring: readonly Recurring[]): Promise<void> {
    opening = open({ ...deps, isStopping: () => stopping }, tasks, recurring);
    const { runner, close } = await opening;
    const again = (why: unknown) => {
      if (stopping) return;
      logger.warn('the job queue ended by itself and is started again', { reason: reason(why) });
      void close().catch(() => undefined);
      clock.after(PAUSE, () => work(tasks, recurring).catch(again));
    };
    runner.promise.then(again, again);
  }

  return {
    async add(trx, task, { payload, attempts, last = false }) {
      await started;
      await sql`select graphile_worker.add_job(
        ${task}, ${JSON.stringify(payload)}::text::json, max_attempts => ${attempts}::integer,
        priority => ${last ? LAST_IN_LINE : 0}::integer
      )`.execute(trx);
    },
    async start(tasks, recurring) {
      try {
        await work(taskList(tasks), recurring);
        ready();
      } catch (error) {
        failed(error);
        throw error;
      }
    },
    async stop() {
      stopping = true;
      const opened = await opening?.catch(() => undefined);
      await opened?.close().catch((error: unknown) => {
        logger.warn('the job queue did not stop in order', { reason: reason(error) });
      });
    },
  };
}
