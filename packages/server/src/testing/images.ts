import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

type Bytes = Uint8Array<ArrayBuffer>;
const copy = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

/** A picture that compresses badly, the same every time, so that what is cut off of it is missed. */
function grain(width: number, height: number, channels: 3 | 4 = 3) {
  const data = new Uint8Array(width * height * channels);
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    data[i] = (i * 64) / data.length + (state >>> 25);
  }
  return sharp(data, { raw: { width, height, channels } });
}

/** A photo as a phone takes it: turned by its orientation, with the place where it was taken. */
export async function photo(width = 400, height = 300): Promise<Bytes> {
  const exif = {
    IFD0: { Make: 'Traceable', Copyright: 'Traceable' },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '52/1 31/1 0/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '13/1 24/1 0/1',
    },
  };
  return copy(
    await grain(width, height)
      .withMetadata({ orientation: 6 })
      .withExifMerge(exif)
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">Traceable</x:xmpmeta>')
      .jpeg()
      .toBuffer(),
  );
}

export async function picture(
  format: 'png' | 'webp' | 'gif' | 'avif' | 'jpeg',
  o: { width?: number; height?: number; alpha?: boolean } = {},
): Promise<Bytes> {
  const { width = 200, height = 100, alpha = false } = o;
  return copy(
    await grain(width, height, alpha ? 4 : 3)
      .toFormat(format)
      .toBuffer(),
  );
}

/** A picture of several frames. */
export async function moving(format: 'gif' | 'webp', frames = 3, side = 40): Promise<Bytes> {
  const all = await grain(side, side * frames)
    .raw()
    .toBuffer();
  const raw = { width: side, height: side * frames, channels: 3 as const, pageHeight: side };
  return copy(await sharp(all, { raw }).toFormat(format).toBuffer());
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A PNG of one colour that says it has this size; `more` are chunks before its pixels. */
export function madePng(
  width: number,
  height: number,
  o: { rows?: number; more?: [string, Uint8Array][] } = {},
): Bytes {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = deflateSync(new Uint8Array((width + 1) * (o.rows ?? height)));
  return copy(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', head),
      ...(o.more ?? []).map(([type, data]) => chunk(type, data)),
      chunk('IDAT', rows),
      chunk('IEND', new Uint8Array(0)),
    ]),
  );
}

/** A GIF whose frames say that they have this size, and hold one pixel each. */
export function manyFrames(side: number, frames: number): Bytes {
  const short = (n: number): number[] => [n & 255, n >> 8];
  const control = [0x21, 0xf9, 4, 0, 10, 0, 0, 0];
  const frame = [...control, 0x2c, 0, 0, 0, 0, ...short(side), ...short(side), 0, 2, 2, 0x44, 1, 0];
  return new Uint8Array([
    ...Buffer.from('GIF89a', 'latin1'),
    ...short(side),
    ...short(side),
    ...[0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    ...Array.from({ length: frames }, () => frame).flat(),
    0x3b,
  ]);
}
