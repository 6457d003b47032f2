import type { Handler } from '../../core/handler.ts';
import { toApp } from './avatar.ts';
import type { AppDirectory } from './directory.ts';

export const get =
  (apps: AppDirectory): Handler<'apps.get'> =>
  async (_caller, { app }) => ({ app: toApp(await apps.named(app)) });
