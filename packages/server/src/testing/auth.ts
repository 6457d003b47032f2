import { randomBytes } from 'node:crypto';
import type { OperationName, Output, Request } from '@inlay-im/protocol';
import { createLocalHub } from '../adapters/bus-local/index.ts';
import type { App, Caller } from '../core/caller.ts';
import type { Handlers } from '../core/handler.ts';
import { createJobs } from '../core/jobs.ts';
import { createLogger } from '../core/log.ts';
import { MIGRATIONS } from '../db/all-migrations.ts';
import { type DatabaseAddress, openDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';
import { createDispatch } from '../gateway/dispatch.ts';
import { Fanout } from '../log/fanout.ts';
import type { Bus } from '../ports/bus.ts';
import type { CodeMessage, CodeSender } from '../ports/codes.ts';
import { createApp, createAppDirectory, DEFAULT_APP, openNodeState } from '../slices/apps/index.ts';
import { createAuth } from '../slices/auth/index.ts';
import { freshDatabase } from './database.ts';
import { ManualClock } from './manual-clock.ts';

/** Keeps what is sent, and can be told to fail. */
class Outbox implements CodeSender {
  readonly name = 'test';
  readonly sent: CodeMessage[] = [];
  /** Thrown by the next sends to an address, in order. */
  readonly failures = new Map<string, Error[]>();
  #arrived: (() => void)[] = [];

  async send(message: CodeMessage): Promise<void> {
    const failure = this.failures.get(message.to)?.shift();
    if (failure !== undefined) throw failure;
    this.sent.push(message);
    for (const arrived of this.#arrived.splice(0)) arrived();
  }

  /** The message of this rank to an address, once it is sent. */
  async to(address: string, rank = 0): Promise<CodeMessage> {
    for (;;) {
      const found = this.sent.filter((m) => m.to === address)[rank];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#arrived.push(resolve));
    }
  }
}

export interface TestAuthOptions {
  /** Of another one, to be a second node of the same database. */
  database?: DatabaseAddress;
  clock?: ManualClock;
  bus?: Bus;
}

/** Everything about signing in on a real database, called as the gateway calls it; events are kept. */
export async function startTestAuth(o: TestAuthOptions = {}) {
  const address = o.database ?? (await freshDatabase());
  const clock = o.clock ?? new ManualClock();
  const now = () => clock.now();
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', format: 'text', write: (line) => lines.push(line), now });
  const database = openDatabase(address, 8);
  const { db } = database;
  await migrate(database.hot, MIGRATIONS);
  await createApp(db, { id: DEFAULT_APP, name: 'Inlay', at: new Date(now()), randomBytes });
  await createApp(db, { id: 'other', name: 'Other', at: new Date(now()), randomBytes });
  const { tokenSecret } = await openNodeState(db, { uuid: () => Bun.randomUUIDv7(), randomBytes });
  const bus = o.bus ?? createLocalHub().join();
  const fanout = new Fanout(bus);
  const events: { topic: string; event: string; data: unknown }[] = [];
  fanout.attach({
    publish: (topic, frame) => events.push({ topic, ...JSON.parse(frame) }),
    membership: () => undefined,
    isHere: () => false,
  });
  const jobs = createJobs({ connectionString: database.connectionString, clock, logger });
  const signedOut: string[] = [];
  const outbox = new Outbox();
  const apps = createAppDirectory(db, now);
  const auth = createAuth({
    db,
    clock,
    uuid: () => Bun.randomUUIDv7(),
    randomBytes,
    logger,
    bus,
    fanout,
    jobs,
    apps,
    senders: { email: outbox, sms: outbox },
    tokenSecret,
    onSignedOut: (device) => signedOut.push(device),
  });
  bus.subscribe((m) => {
    if (m.type === 'signedOut') auth.signedOutElsewhere(m.device);
  });
  const dispatch = createDispatch({ handlers: auth.handlers as unknown as Handlers });
  const nobody: App = { pk: 0, id: '' };

  /** Calls an operation, with an access token or without. */
  async function call<N extends OperationName>(
    op: N,
    input: Request<N>,
    from: { token?: string; address?: string } = {},
  ): Promise<Output<N>> {
    const who = from.token === undefined ? null : await auth.verifyAccessToken(from.token);
    const caller: Caller = {
      app: who?.app ?? nobody,
      user: who?.user ?? null,
      device: who?.device ?? null,
      scopes: null,
      session: null,
      address: from.address ?? '192.0.2.1',
    };
    return (await dispatch(caller, op, input)) as Output<N>;
  }

  return {
    ...database,
    address,
    clock,
    bus,
    lines,
    events,
    signedOut,
    outbox,
    apps,
    auth,
    jobs,
    tokenSecret,
    call,
    /** The secret that a host app signs with. */
    async secretOf(app: string): Promise<string> {
      return (await apps.named(app)).secret;
    },
    async stop(): Promise<void> {
      await jobs.stop();
      await auth.stop();
      await database.close();
    },
  };
}

export type TestAuth = Awaited<ReturnType<typeof startTestAuth>>;

/** The code and field of the error that a call ends with. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ code: string; message: string; retryAfter?: number }> {
  try {
    await call;
  } catch (error) {
    const { code, message, retryAfter } = error as { code: string; message: string; retryAfter?: number };
    return { code, message, ...(retryAfter === undefined ? {} : { retryAfter }) };
  }
  throw new Error('the call went through');
}
