import type { PresenceVisibility } from '@inlay-im/protocol';
import type { Jobs } from '../../core/jobs.ts';
import type { Log } from '../../log/index.ts';
import { get } from './get.ts';
import { me } from './me.ts';
import { update } from './update.ts';
import { upsert } from './upsert.ts';

export { usersMigrations } from './migrations.ts';
export {
  becomeOwn,
  createAccountUser,
  deleteAbandonedGuests,
  ensureUsers,
  type ProfileRow,
  readMe,
  readUsers,
  toMe,
  writeProfile,
} from './queries.ts';
export { tellProfile } from './tell.ts';

export interface UsersDeps {
  log: Log;
  jobs: Jobs;
  /** Someone changed who may see whether they are here. */
  onVisibility(who: { app: number; user: string }, visibility: PresenceVisibility): void;
}

/** People: their profiles and settings. */
export const userHandlers = (deps: UsersDeps) => ({
  'users.get': get(deps.log),
  'users.me': me(deps.log),
  'users.update': update(deps),
  'users.upsert': upsert(deps),
});
