import type { Handler } from '../../core/handler.ts';
import type { Jobs } from '../../core/jobs.ts';
import type { Db } from '../../db/database.ts';
import { writeAppAvatar } from './avatar.ts';

export const update =
  (deps: { db: Db; jobs: Jobs }): Handler<'apps.update'> =>
  async ({ app }, { avatar }) => ({ app: await writeAppAvatar(deps, { app: app.pk, avatar }) });
