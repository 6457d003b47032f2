import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Emoji, LIMITS, PackId, StickerId, Title } from '@inlay-im/protocol';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { publishPack } from '../slices/stickers/index.ts';
import { namedApp } from './named-app.ts';
import { CliError, print } from './output.ts';
import { named, publisher } from './publisher.ts';
import { settings } from './settings.ts';
import { withDatabase } from './with-database.ts';

/** The pack that was drawn for Inlay. */
export const INKY = fileURLToPath(new URL('../stickers/inky', import.meta.url));

const LIST = 'pack.json';

/** What `pack.json` says of the images beside it. */
const Pack = z.strictObject({
  id: PackId,
  title: Title,
  stickers: z
    .array(z.strictObject({ id: StickerId, emoji: Emoji, file: z.string().regex(/^[^/\\]+$/) }))
    .min(1)
    .max(LIMITS.stickersPerPack)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, {
      error: 'expected each id once',
    }),
});

async function readPack(folder: string): Promise<z.infer<typeof Pack>> {
  const path = join(folder, LIST);
  const text = await named(path, () => readFile(path, 'utf8'));
  try {
    return Pack.parse(JSON.parse(text));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const why = issue === undefined ? 'it is no JSON' : `${issue.path.join('.')}: ${issue.message}`;
    throw new CliError(
      `${path}: ${why}. Expected {"id", "title", "stickers": [{"id", "emoji", "file"}, …]}, the files beside it.`,
    );
  }
}

/** Publishes the pack of a folder; gives its title, and how many stickers it has. */
export async function publishFolder(
  config: Config,
  folder: string,
  { app }: { app: string },
): Promise<{ title: string; count: number }> {
  const { id, title, stickers } = await readPack(folder);
  await withDatabase(config, async (database) => {
    const by = await publisher(config, database, await namedApp(database.db, app));
    const brought = [];
    for (const { file, ...sticker } of stickers) {
      const path = join(folder, file);
      brought.push({ ...sticker, file: (await named(path, () => by.bring(path))).file });
    }
    const wanted = { pack: id, title, stickers: brought };
    await named(folder, () => publishPack(by, by.app, { wanted, at: new Date() }));
  });
  return { title, count: stickers.length };
}

/** Publishes a pack of stickers, or puts it in the place of one. */
export async function addStickers(folder: string, { app }: { app: string }): Promise<void> {
  const { title, count } = await publishFolder(settings(), folder, { app });
  print(`"${title}" (${basename(folder)}) with ${count} stickers is a pack of the app "${app}".`);
}
