import type { Clock } from '../../core/clock.ts';
import type { HandlersOf } from '../../core/handler.ts';
import type { Jobs, Recurring, Task } from '../../core/jobs.ts';
import type { Logger } from '../../core/log.ts';
import type { RandomBytes } from '../../core/random-id.ts';
import type { Db } from '../../db/database.ts';
import type { Fanout } from '../../log/index.ts';
import type { Bus } from '../../ports/bus.ts';
import type { AppDirectory } from '../apps/index.ts';
import { createDevices } from '../devices/index.ts';
import { changePassword } from './change-password.ts';
import type { AuthContext } from './context.ts';
import { AddressLimits } from './guesses.ts';
import { authJobs, type CodeSenders } from './jobs.ts';
import { Passwords } from './passwords.ts';
import { refresh } from './refresh.ts';
import { requestCode } from './request-code.ts';
import { signInAsGuest } from './sign-in-as-guest.ts';
import { signInWithCode } from './sign-in-with-code.ts';
import { signInWithPassword } from './sign-in-with-password.ts';
import { signInWithToken } from './sign-in-with-token.ts';
import { signOut } from './sign-out.ts';
import { signUp } from './sign-up.ts';
import { upgradeWithCode } from './upgrade-with-code.ts';
import { upgradeWithPassword } from './upgrade-with-password.ts';
import { type Identity, verifyAccessToken } from './verify.ts';

export type { CodeSenders } from './jobs.ts';
export type { Identity } from './verify.ts';

export interface AuthDeps {
  db: Db;
  clock: Clock;
  uuid: () => string;
  randomBytes: RandomBytes;
  logger: Logger;
  bus: Bus;
  fanout: Fanout;
  jobs: Jobs;
  apps: AppDirectory;
  senders: CodeSenders;
  /** The database's own, from its node state. */
  tokenSecret: string;
  /** Closes the connections that a device has to this node. */
  onSignedOut(device: string): void;
}

type Names = Extract<
  keyof typeof import('@inlay-im/protocol').OPERATIONS,
  `auth.${string}` | `devices.${string}`
>;

export interface Auth {
  handlers: HandlersOf<Names>;
  /** Whose token it is. Throws `unauthenticated`, `token_expired` or `signed_out`. */
  verifyAccessToken(token: string): Promise<Identity>;
  /** Notes that a device was used; written at most once a minute. */
  touchDevice(device: string): void;
  /** For the bus message `signedOut` of another node. */
  signedOutElsewhere(device: string): void;
  tasks: Record<string, Task>;
  recurring: Recurring[];
  /** Stores what is gathered, as the node stops. */
  stop(): Promise<void>;
}

function handlersOf(context: AuthContext): HandlersOf<Names> {
  return {
    'auth.signInWithToken': signInWithToken(context),
    'auth.signUp': signUp(context),
    'auth.signInWithPassword': signInWithPassword(context),
    'auth.requestCode': requestCode(context),
    'auth.signInWithCode': signInWithCode(context),
    'auth.signInAsGuest': signInAsGuest(context),
    'auth.upgradeWithPassword': upgradeWithPassword(context),
    'auth.upgradeWithCode': upgradeWithCode(context),
    'auth.changePassword': changePassword(context),
    'auth.refresh': refresh(context),
    'auth.signOut': signOut(context),
    ...context.devices.handlers,
  };
}

/** Ways in, tokens and devices. */
export function createAuth(deps: AuthDeps): Auth {
  const { clock, ...shared } = deps;
  const now = () => clock.now();
  const devices = createDevices(deps);
  const context: AuthContext = {
    ...shared,
    now,
    devices,
    passwords: new Passwords(),
    limits: new AddressLimits(now),
  };
  return {
    handlers: handlersOf(context),
    verifyAccessToken: (token) => verifyAccessToken(context, token),
    touchDevice: devices.touch,
    signedOutElsewhere: devices.removedElsewhere,
    ...authJobs({ ...shared, now }),
    stop: devices.stop,
  };
}
