import { avatarPath } from '@inlay-im/protocol';
import { writeAppAvatar } from '../slices/apps/index.ts';
import { namedApp } from './named-app.ts';
import { CliError, print } from './output.ts';
import { named, publisher } from './publisher.ts';
import { settings } from './settings.ts';
import { withDatabase } from './with-database.ts';

/** Gives an app a picture, or takes the one away that it has. */
export async function setAppAvatar(
  app: string,
  path: string | undefined,
  { remove = false }: { remove?: boolean },
): Promise<void> {
  if ((path === undefined) !== remove) throw new CliError('Expected either an image or --remove.');
  const config = settings();
  await withDatabase(config, async (database) => {
    const by = await publisher(config, database, await namedApp(database.db, app));
    if (path === undefined) return void (await writeAppAvatar(by, { app: by.app, avatar: null }));
    await named(path, async () => {
      const { file } = await by.bring(path);
      await writeAppAvatar(by, { app: by.app, avatar: avatarPath(file) });
      await by.makeSquares();
    });
  });
  print(`The app "${app}" has ${remove ? 'no picture any more' : 'a new picture'}.`);
}
