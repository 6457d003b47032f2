import { expect, test } from 'bun:test';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moving, picture } from '../../testing/images.ts';
import { save } from './brought.ts';
import { BadImage, normalise, shrink, square } from './images.ts';

/** Linux: whoever writes to it is told that the disk is full. */
const FULL = '/dev/full';
const path = join(mkdtempSync(join(tmpdir(), 'inlay-images-')), 'image');

test('an image is not refused because the disk is full', async () => {
  const makes = [
    [await picture('jpeg'), () => normalise(path, 'image/jpeg', FULL)],
    [await moving('gif'), () => normalise(path, 'image/gif', FULL)],
    [await picture('png'), () => shrink(path, FULL, { width: 20, animated: false })],
    [await picture('png'), () => square(path, FULL, 64)],
  ] as const;
  for (const [bytes, make] of makes) {
    writeFileSync(path, bytes);
    const error = await make().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(BadImage);
  }
});

test('bytes that do not fit on the disk are not taken for saved', async () => {
  await expect(save(new Blob([new Uint8Array(3_000_000)]), FULL)).rejects.toThrow('ENOSPC');
});
