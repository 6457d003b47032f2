import type { SendableBody, TimelineMessage } from '@inlay-im/client';
import type { FileKind } from '@inlay-im/protocol';
import { readyFile } from 'inlay/testing';
import { anywhere, type Deed, quietly, send, shown } from './acting.ts';
import type { Device } from './device.ts';
import type { World } from './world.ts';

const ALBUM: readonly FileKind[] = ['image', 'video', 'file'];

/** Files of someone's as they are once they were uploaded: a voice message, or an album. */
async function files(world: World, { user }: Device): Promise<string[]> {
  const { dice, node } = world;
  const kinds: FileKind[] = dice.chance(0.5)
    ? ['voice']
    : Array.from({ length: 1 + dice.below(3) }, () => dice.pick(ALBUM) as FileKind);
  const { pk: app } = await world.tenant();
  return await Promise.all(kinds.map((kind) => readyFile(node.db, { app, owner: user, kind })));
}

const body =
  (ids: readonly string[]) =>
  (words: string): SendableBody => ({
    kind: 'media',
    items: ids.map((file) => ({ file, caption: null })),
    text: words,
  });

const filesOf = ({ body }: TimelineMessage): string[] =>
  body?.kind === 'media' ? body.items.map(({ file }) => file) : [];

const isPlayed = ({ body }: TimelineMessage): boolean =>
  body?.kind === 'media' && body.items.some(({ kind }) => kind === 'voice' || kind === 'video');

/** What is done with files; their bytes are no matter here. */
export const MEDIA: readonly Deed[] = [
  {
    name: 'send files',
    weight: 9,
    async run(world, device) {
      const handle = anywhere(world, device);
      if (handle) send(world, device, handle, body(await files(world, device)));
    },
  },
  {
    name: 'forward files',
    weight: 4,
    run(world, device) {
      const found = shown(world, device, (row) => filesOf(row).length > 0);
      const to = anywhere(world, device);
      // With words of its own, as what is said of a message that is recalled must be nowhere.
      if (found && to) send(world, device, to, body(filesOf(found.row)));
    },
  },
  {
    name: 'play',
    weight: 12,
    run(world, device) {
      const found = shown(world, device, isPlayed);
      if (found) quietly(found.handle.played(found.n));
    },
  },
];
