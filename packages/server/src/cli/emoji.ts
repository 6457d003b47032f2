import { EmojiName } from '@inlay-im/protocol';
import { publishEmoji } from '../slices/emoji/index.ts';
import { namedApp } from './named-app.ts';
import { CliError, print } from './output.ts';
import { named, publisher } from './publisher.ts';
import { settings } from './settings.ts';
import { withDatabase } from './with-database.ts';

/** Makes an image an emoji of an app. */
export async function addEmoji(given: string, path: string, { app }: { app: string }): Promise<void> {
  const name = EmojiName.safeParse(given.replace(/^:|:$/g, ''));
  if (!name.success)
    throw new CliError(`"${given}": an emoji has a name of 1 to 32 of a to z, 0 to 9, _ + -`);
  const config = settings();
  await withDatabase(config, async (database) => {
    const by = await publisher(config, database, await namedApp(database.db, app));
    await named(path, async () => {
      const { file } = await by.bring(path);
      await publishEmoji(by, { app: by.app, name: name.data, file });
    });
  });
  print(`:${name.data}: is an emoji of the app "${app}".`);
}
