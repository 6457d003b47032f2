import { open } from 'node:fs/promises';

const SIZE = 256 * 1024;

/**
 * The bytes of a file, piece by piece. Every piece is good until the next one is asked for: they share their memory, so
 * that a large file leaves nothing behind for the garbage collector.
 */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = new Uint8Array(SIZE);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, SIZE);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
