import type { Clock } from '../../core/clock.ts';
import type { HandlersOf } from '../../core/handler.ts';
import type { Logger } from '../../core/log.ts';
import type { Db } from '../../db/database.ts';
import type { Bus } from '../../ports/bus.ts';
import { LastSeen } from './last-seen.ts';
import { list } from './list.ts';
import { rename } from './rename.ts';
import { signOut } from './sign-out.ts';
import { SignedIn } from './signed-in.ts';

export {
  type DeviceRow,
  deleteDevice,
  deleteExpired,
  deleteOtherDevices,
  insertDevice,
  lockDevice,
  writeRotation,
} from './queries.ts';
export type { DevicesTable } from './tables.ts';

export interface DevicesDeps {
  db: Db;
  clock: Clock;
  logger: Logger;
  bus: Bus;
  /** Closes the connections that a device has to this node. */
  onSignedOut(device: string): void;
}

/** The devices that people are signed in on. */
export interface Devices {
  handlers: HandlersOf<'devices.list' | 'devices.rename' | 'devices.signOut'>;
  /** Whether a device is signed in; may be a minute old where another node's hint was lost. */
  isSignedIn(device: string): Promise<boolean>;
  /** Notes that a device was used. */
  touch(device: string): void;
  /** A device was signed in, and its row committed. */
  added(device: string): void;
  /** Devices were signed out, and their rows deleted: their tokens stop at once, on all nodes. */
  removed(devices: readonly string[]): void;
  /** For the bus message `signedOut` of another node. */
  removedElsewhere(device: string): void;
  /** Stores what is gathered, as the node stops. */
  stop(): Promise<void>;
}

export function createDevices({ db, clock, logger, bus, onSignedOut }: DevicesDeps): Devices {
  const signedIn = new SignedIn(db, () => clock.now());
  const lastSeen = new LastSeen({ db, clock, logger });
  function removedElsewhere(device: string): void {
    signedIn.removed(device);
    // The reply to whoever signs itself out goes first.
    setImmediate(() => onSignedOut(device));
  }
  function removed(devices: readonly string[]): void {
    for (const device of devices) {
      bus.publish({ type: 'signedOut', device });
      removedElsewhere(device);
    }
  }
  return {
    handlers: {
      'devices.list': list(db),
      'devices.rename': rename(db),
      'devices.signOut': signOut(db, (device) => removed([device])),
    },
    isSignedIn: (device) => signedIn.check(device),
    touch: (device) => lastSeen.touch(device),
    added: (device) => signedIn.added(device),
    removed,
    removedElsewhere,
    stop: () => lastSeen.flush(),
  };
}
