import { InlayError } from '@inlay-im/protocol';
import type { Jobs } from '../../core/jobs.ts';
import type { RandomBytes } from '../../core/random-id.ts';
import type { Db } from '../../db/database.ts';
import type { Fanout } from '../../log/index.ts';
import type { AppDirectory } from '../apps/index.ts';
import type { Devices } from '../devices/index.ts';
import type { AddressLimits } from './guesses.ts';
import type { Passwords } from './passwords.ts';

/** What the operations of signing in share. */
export interface AuthContext {
  db: Db;
  now: () => number;
  uuid: () => string;
  randomBytes: RandomBytes;
  /** The database's own; keys for tokens and codes are derived from it. */
  tokenSecret: string;
  apps: AppDirectory;
  devices: Devices;
  fanout: Fanout;
  jobs: Jobs;
  passwords: Passwords;
  limits: AddressLimits;
}

/** The one answer to a wrong name, password, code or ticket: it does not tell which of them is wrong. */
export const wrongCredentials = (): InlayError =>
  new InlayError('wrong_credentials', 'These credentials do not match; check them and try again.');

/** The one answer where a name or an address belongs to someone. */
export const taken = (field: string): InlayError =>
  new InlayError('conflict', 'This is taken; choose another, or sign in.', { field });

/** Throws `forbidden` where the app's settings do not let people come in this way. */
export function checkOpen(open: boolean, what: string): void {
  if (!open) throw new InlayError('forbidden', `This app does not let ${what}.`);
}
