import { type FileHandle, open } from 'node:fs/promises';

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** RIFF says in its head how much follows: https://developers.google.com/speed/webp/docs/riff_container. */
async function isWholeRiff(file: FileHandle, size: number): Promise<boolean> {
  const head = await bytesAt(file, 0, 12);
  return head.length === 12 && head.readUInt32LE(4) + 8 <= size;
}

/** A file of many more boxes than images have is not walked through. */
const BOXES = 1000;

/** Every box at the top of ISO/IEC 14496-12 says how long it is; 0 is up to the end, 1 a length of 64 bits behind it. */
async function isWholeBoxes(file: FileHandle, size: number): Promise<boolean> {
  let at = 0;
  for (let box = 0; at < size && box < BOXES; box++) {
    const head = await bytesAt(file, at, 16);
    if (head.length < 8) return false;
    const short = head.readUInt32BE(0);
    if (short === 0) return true;
    if (short === 1 && head.length < 16) return false;
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (length < 8) return false;
    at += length;
  }
  return at === size;
}

/** Whether a file is as long as it says, for the types whose decoder makes do with less. */
export async function isWhole(path: string, type: string): Promise<boolean> {
  if (type !== 'image/webp' && type !== 'image/avif') return true;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await (type === 'image/webp' ? isWholeRiff(file, size) : isWholeBoxes(file, size));
  } finally {
    await file.close();
  }
}
