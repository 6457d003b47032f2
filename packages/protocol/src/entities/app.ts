import { z } from 'zod';
import { Name, PictureUrl } from './common.ts';

/** What anyone may see of an app, also before they sign in to it. */
export const App = z
  .strictObject({ id: z.string().min(1).max(64), name: Name, avatar: PictureUrl.nullable() })
  .meta({ id: 'App' });
export type App = z.infer<typeof App>;
