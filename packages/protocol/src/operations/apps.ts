import { z } from 'zod';
import { App } from '../entities/app.ts';
import { PictureUrl } from '../entities/common.ts';
import { operation } from './operation.ts';

const AppId = z.string().min(1).max(64).describe('The app; absent: the default one.');
const app = z.strictObject({ app: App });

export const appOperations = {
  'apps.get': operation(
    'What an app is called and its picture, for whoever is about to sign in to it. Of an app that is not there it tells what signing in does.',
    { input: z.strictObject({ app: AppId.optional() }), output: app },
    { access: 'public', errors: ['not_found'] },
  ),
  'apps.update': operation(
    "Changes the picture of the backend's own app: an image that someone of the app uploaded, an address, or null for none. Clients show it from when they next ask, within seconds.",
    { input: z.strictObject({ avatar: PictureUrl.nullable() }), output: app },
    { access: 'server', scope: 'files:write' },
  ),
};
