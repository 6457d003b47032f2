import { expect, test } from 'bun:test';
import { deflateSync } from 'node:zlib';
import { chunk, decode, palette, SIGNATURE } from './png.ts';

/** A PNG of three bytes a pixel, of lines that begin with their filter. */
function png(width: number, lines: readonly (readonly number[])[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(lines.length, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Uint8Array.from(lines.flat()));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ]);
}

test('a line is read by its filter: none, left, up, average, Paeth', () => {
  const { pixels } = decode(
    png(2, [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 10, 20, 30, 30, 30, 30],
      [2, 0, 0, 0, 0, 0, 0],
      [3, 5, 10, 15, 15, 15, 15],
      [4, 0, 0, 0, 5, 5, 5],
    ]),
  );
  const [left, right] = [0x0a141e, 0x28323c];
  expect([...pixels]).toEqual([left, right, left, right, left, right, left, right, left, 0x2d3741]);
});

test('up to 256 colours stay as they are; more are drawn in near ones, and a plain surface in its own', () => {
  const few = Uint32Array.from({ length: 200 }, (_, i) => i * 1000);
  const exact = palette({ width: 200, height: 1, pixels: few });
  expect([...few].map((colour) => exact.colours[exact.places.get(colour) as number])).toEqual([...few]);

  const surface = 0xeef0f7;
  const many = Uint32Array.from({ length: 4096 }, (_, i) =>
    i % 4 === 0 ? surface : ((i * 2654435761) >>> 8) & 0xffffff,
  );
  const { colours, places } = palette({ width: 64, height: 64, pixels: many });
  expect(colours.length).toBe(256);
  expect(colours[places.get(surface) as number]).toBe(surface);
  const far = (a: number, b: number, shift: number) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255));
  for (const colour of many) {
    const drawn = colours[places.get(colour) as number] as number;
    expect(Math.max(far(colour, drawn, 16), far(colour, drawn, 8), far(colour, drawn, 0))).toBeLessThan(80);
  }
});
