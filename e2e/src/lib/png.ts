import { crc32, deflateSync, inflateSync } from 'node:zlib';

export const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;
/** So many of the most frequent colours stay as they are. */
const PLAIN = 96;

/** A picture without transparency; `pixels` are colours as 0xRRGGBB, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
}

/** One box of colours of the median cut. */
interface Box {
  readonly colours: readonly (readonly [colour: number, count: number])[];
  /** The bits of the channel that is widest, and how wide it is. */
  readonly shift: number;
  readonly span: number;
}

function chunksOf(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    chunks.set(type, Buffer.concat([chunks.get(type) ?? Buffer.alloc(0), data]));
    at += length + 12;
  }
  return chunks;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Reads what Chromium writes: 8 bits a channel, not interlaced (PNG, W3C, sections 9 and 11). */
export function decode(png: Buffer): Picture {
  const chunks = chunksOf(png);
  const header = chunks.get('IHDR') as Buffer;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = header[9] === 6 ? 4 : 3;
  const data = inflateSync(chunks.get('IDAT') as Buffer);
  const stride = width * channels;
  const pixels = new Uint32Array(width * height);
  let before = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)] as number;
    const line = new Uint8Array(data.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let i = 0; i < stride; i += 1) {
      const left = i < channels ? 0 : (line[i - channels] as number);
      const corner = i < channels ? 0 : (before[i - channels] as number);
      const up = before[i] as number;
      const guesses = [0, left, up, (left + up) >> 1, paeth(left, up, corner)];
      line[i] = (line[i] as number) + (guesses[filter] as number);
    }
    for (let x = 0; x < width; x += 1) {
      const [r = 0, g = 0, b = 0] = line.subarray(x * channels, x * channels + 3);
      pixels[y * width + x] = (r << 16) | (g << 8) | b;
    }
    before = line;
  }
  return { width, height, pixels };
}

function boxOf(colours: Box['colours']): Box {
  let widest = { shift: 0, span: -1 };
  for (const shift of [16, 8, 0]) {
    const values = colours.map(([colour]) => (colour >> shift) & 255);
    const span = values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), 255);
    if (span > widest.span) widest = { shift, span };
  }
  return { colours, ...widest };
}

function cut({ colours, shift }: Box): [Box, Box] {
  const sorted = colours.toSorted(([a], [b]) => ((a >> shift) & 255) - ((b >> shift) & 255));
  const half = sorted.reduce((sum, [, count]) => sum + count, 0) / 2;
  let seen = 0;
  const at = sorted.findIndex(([, count]) => {
    seen += count;
    return seen >= half;
  });
  const middle = Math.max(1, Math.min(at, sorted.length - 1));
  return [boxOf(sorted.slice(0, middle)), boxOf(sorted.slice(middle))];
}

/** The mean of a box, in which the colours count by how often they come. */
function meanOf({ colours }: Box): number {
  const total = colours.reduce((sum, [, count]) => sum + count, 0);
  const mean = (shift: number) =>
    Math.round(colours.reduce((sum, [colour, count]) => sum + ((colour >> shift) & 255) * count, 0) / total);
  return (mean(16) << 16) | (mean(8) << 8) | mean(0);
}

function nearest(colours: readonly number[], wanted: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [i, colour] of colours.entries()) {
    const [r, g, b] = [16, 8, 0].map((shift) => ((colour >> shift) & 255) - ((wanted >> shift) & 255));
    const far = (r as number) ** 2 + (g as number) ** 2 + (b as number) ** 2;
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

/** How far off its colours are counts for more than how many pixels have them: text is few pixels. */
const weightOf = ({ span, colours }: Box): number =>
  colours.length < 2 ? 0 : span * Math.sqrt(colours.length);

/**
 * At most 256 colours, and for each colour of the picture which of them stands for it: those of plain surfaces as
 * they are, the rest by median cut.
 */
export function palette({ pixels }: Picture): { colours: number[]; places: Map<number, number> } {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const kept = sorted.slice(0, sorted.length > COLOURS ? PLAIN : COLOURS);
  const boxes = sorted.length > COLOURS ? [boxOf(sorted.slice(PLAIN))] : [];
  while (boxes.length > 0 && boxes.length < COLOURS - PLAIN) {
    const worst = boxes.reduce((best, one) => (weightOf(one) > weightOf(best) ? one : best));
    boxes.splice(boxes.indexOf(worst), 1, ...cut(worst));
  }
  const colours = [...kept.map(([colour]) => colour), ...boxes.map(meanOf)];
  return { colours, places: new Map(sorted.map(([colour]) => [colour, nearest(colours, colour)])) };
}

/** One chunk with its length and sum. */
export function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** The same picture with at most 256 colours: of screens a half to a third of the bytes. */
export function shrink(png: Buffer): Buffer {
  const picture = decode(png);
  const { width, height, pixels } = picture;
  const { colours, places } = palette(picture);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const lines = Buffer.alloc((width + 1) * height);
  for (let i = 0; i < pixels.length; i += 1)
    lines[i + Math.floor(i / width) + 1] = places.get(pixels[i] as number) as number;
  const table = colours.flatMap((colour) => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255]);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Uint8Array.from(table)),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
}
