import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { deflateSync } from 'node:zlib';
import type { FileKind } from '@inlay-im/protocol';
import sharp from 'sharp';
import { madePng, manyFrames, moving, photo, picture } from '../../testing/images.ts';
import { startTestNode, type TestNode } from '../../testing/node.ts';
import { codeOf } from '../../testing/scene.ts';
import { brought, ownUrl, uploaded } from '../../testing/uploads.ts';

let node: TestNode;
beforeAll(async () => {
  node = await startTestNode({ env: { INLAY_LOG: 'silent' } });
});
afterAll(() => node.stop());

type Bytes = Uint8Array<ArrayBuffer>;
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const joined = (...parts: Uint8Array[]): Bytes => new Uint8Array(Buffer.concat(parts));
const SVG = utf8('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const HTML = utf8('<!doctype html><script>alert(document.domain)</script>');

/** How a file ends that is brought as a kind under a name. */
async function end(kind: FileKind, name: string, bytes: Bytes): Promise<string> {
  const { file } = await brought(node, 'mallory', { kind, name, bytes });
  return await codeOf(node.as('mallory', 'files.finish', { file }));
}

async function served(file: string, query = ''): Promise<{ headers: Headers; bytes: Buffer }> {
  const answer = await fetch(`${await ownUrl(node, 'mallory', file)}${query}`);
  return { headers: answer.headers, bytes: Buffer.from(await answer.bytes()) };
}

describe('what poses as an image and is none is refused, and leaves no bytes', () => {
  const zip = utf8('PK\x03\x04\x14\0\0\0\b\0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
  const cases: [string, () => Promise<Bytes> | Bytes][] = [
    ['HTML named .png', () => HTML],
    ['SVG with a script', () => SVG],
    ['SVG with a declaration', () => joined(utf8('<?xml version="1.0"?>'), SVG)],
    ['a zip archive', () => zip],
    ['text', () => utf8('just words')],
    ['the magic bytes of PNG alone', () => utf8('\x89PNG\r\n\x1a\n')],
    ['a PNG whose head says 900 million pixels', () => madePng(30_000, 30_000, { rows: 1 })],
    ['a PNG wider than any image may be', () => madePng(40_000, 10)],
    ['a PNG of fewer rows than it says', () => madePng(500, 500, { rows: 10 })],
    ['a truncated JPEG', async () => (await picture('jpeg')).subarray(0, 8000)],
    ['a truncated PNG', async () => (await picture('png')).subarray(0, 20_000)],
    ['a truncated WebP', async () => (await picture('webp')).subarray(0, 4000)],
    ['a truncated GIF', async () => (await picture('gif')).subarray(0, 9000)],
    ['a truncated AVIF', async () => (await picture('avif')).subarray(0, 3000)],
    ['a moving GIF that breaks off', async () => (await moving('gif')).subarray(0, 2500)],
    ['a GIF of too many frames', () => manyFrames(5000, 10)],
    [
      'PNG in name and head, JPEG behind',
      async () => joined(utf8('\x89PNG\r\n\x1a\n'), await picture('jpeg')),
    ],
  ];
  test.each(cases)(
    '%s',
    async (_, make) => {
      const bytes = await make();
      expect(await end('image', 'holiday.png', bytes)).toBe('rejected');
    },
    30_000,
  );

  test('the words of the refusal name no file of the node', async () => {
    const bytes = (await picture('avif')).subarray(0, 3000);
    const { file } = await brought(node, 'mallory', { kind: 'image', name: 'x.avif', bytes });
    const refused = node.as('mallory', 'files.finish', { file });
    await expect(refused).rejects.toThrow(/^rejected: [^/]*$/);
  });

  test('asked again, it is still refused; its bytes are gone and it can be sent nowhere', async () => {
    const { file } = await brought(node, 'mallory', { kind: 'image', name: 'x.png', bytes: HTML });
    expect(await codeOf(node.as('mallory', 'files.finish', { file }))).toBe('rejected');
    expect(await codeOf(node.as('mallory', 'files.finish', { file }))).toBe('rejected');
    const again = { file, kind: 'image' as const, name: 'x.png', size: HTML.length };
    expect(await codeOf(node.as('mallory', 'files.create', again))).toBe('rejected');
    expect((await node.as('mallory', 'files.urls', { files: [file] })).addresses).toEqual([]);
    const uploads = [...new Bun.Glob('uploads/**/*').scanSync({ cwd: node.files })];
    expect(uploads).toEqual([]);
  });
});

describe('bombs stay small', () => {
  /** What the process grew by at most, while something ran, in MB. */
  async function growth(work: () => Promise<unknown>): Promise<number> {
    Bun.gc(true);
    const before = process.memoryUsage.rss();
    let most = before;
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
    await work();
    clearInterval(timer);
    return (most - before) / 1e6;
  }

  test('a colour profile that inflates to a gigabyte', async () => {
    const inflated = deflateSync(new Uint8Array(200_000_000), { level: 9 });
    const bytes = madePng(10, 10, { more: [['iCCP', joined(utf8('x\0\0'), inflated)]] });
    expect(bytes.length).toBeLessThan(300_000);
    const grown = await growth(async () => {
      // Passed over or refused; both are right.
      expect(['ok', 'rejected']).toContain(await end('image', 'x.png', bytes));
    });
    expect(grown).toBeLessThan(150);
  });

  test('an image as large as one may be, of a few kilobytes, is made small in bounded memory', async () => {
    const bytes = madePng(9000, 9000);
    expect(bytes.length).toBeLessThan(200_000);
    const grown = await growth(async () => expect(await end('image', 'x.png', bytes)).toBe('ok'));
    expect(grown).toBeLessThan(250);
  }, 30_000);
});

describe('what is brought as a file may be anything, and is never shown in place', () => {
  test.each([
    ['page.html', HTML],
    ['drawing.svg', SVG],
    ['drawing.svg', joined(utf8('<?xml version="1.0"?>'), SVG)],
    ['script.js', utf8('alert(1)')],
    ['table.pdf', utf8('%PDF-1.7\n%âãÏÓ\n1 0 obj\n')],
    ['photo.jpg', HTML],
  ])('%s', async (name, bytes) => {
    const stored = await uploaded(node, 'mallory', { kind: 'file', name, bytes });
    expect(stored).toMatchObject({ kind: 'file', name, size: bytes.length });
    const { headers, bytes: got } = await served(stored.file);
    expect(got.equals(bytes)).toBe(true);
    expect(headers.get('content-disposition')).toStartWith('attachment; ');
    expect(headers.get('content-type')).not.toMatch(/html|svg|javascript|^text/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  test('the type is that of the bytes, whatever name and kind say', async () => {
    const video = joined(utf8('\0\0\0\x18ftypisom\0\0\x02\0isomiso2'), new Uint8Array(100));
    const webm = joined(
      new Uint8Array([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84]),
      utf8('webm'),
      new Uint8Array(99),
    );
    const ogg = joined(utf8('OggS\0\x02'), new Uint8Array(22), utf8('OpusHead'), new Uint8Array(99));
    const cases: [FileKind, Bytes, FileKind, string][] = [
      ['video', video, 'video', 'video/mp4'],
      ['voice', video, 'voice', 'audio/mp4'],
      ['voice', webm, 'voice', 'audio/webm'],
      ['video', webm, 'video', 'video/webm'],
      ['voice', ogg, 'voice', 'audio/ogg'],
      ['video', ogg, 'file', 'audio/ogg'],
      ['voice', HTML, 'file', 'application/octet-stream'],
      ['video', await picture('png'), 'file', 'image/png'],
      ['image', video, 'video', 'video/mp4'],
      ['file', await picture('png'), 'file', 'image/png'],
    ];
    for (const [declared, bytes, kind, type] of cases) {
      const wanted = { kind: declared, name: 'x.html', bytes, duration: 5000, waveform: 'AAEC' };
      const stored = await uploaded(node, 'mallory', wanted);
      expect(stored).toMatchObject({ kind, type });
      // The uploader's word counts for what the bytes are, and for nothing else.
      if (kind === 'file') expect(stored).toMatchObject({ duration: null, waveform: null });
      expect((await served(stored.file)).headers.get('content-type')).toBe(type);
    }
  });
});

describe('images are made anew', () => {
  test('a GIF that is also a script is no script afterwards', async () => {
    const gif = await picture('gif');
    const polyglot = joined(gif, utf8('/*=1;alert("Traceable")//'));
    const { file } = await uploaded(node, 'mallory', { kind: 'image', name: 'x.gif', bytes: polyglot });
    const { headers, bytes } = await served(file);
    expect(bytes.includes('Traceable')).toBe(false);
    expect(headers.get('content-type')).toStartWith('image/');
    expect(headers.get('content-disposition')).toStartWith('inline; ');
  });

  test('what the camera wrote is gone, and the picture stands upright', async () => {
    const bytes = await photo();
    expect(Buffer.from(bytes).includes('Traceable')).toBe(true);
    const stored = await uploaded(node, 'mallory', {
      kind: 'image',
      name: 'IMG_1.HEIC',
      bytes,
      width: 1,
      height: 1,
    });
    expect(stored).toMatchObject({
      kind: 'image',
      type: 'image/jpeg',
      name: 'IMG_1.jpg',
      width: 300,
      height: 400,
    });
    const { bytes: got } = await served(stored.file);
    expect(got.includes('Traceable')).toBe(false);
    const seen = await sharp(got).metadata();
    expect(seen).toMatchObject({ width: 300, height: 400 });
    for (const what of ['exif', 'xmp', 'iptc', 'orientation'] as const) expect(seen[what]).toBeUndefined();
  });

  test('sent as original, it is as it was, and measured all the same', async () => {
    const bytes = await photo();
    const stored = await uploaded(node, 'mallory', {
      kind: 'image',
      name: 'IMG_1.JPG',
      bytes,
      original: true,
    });
    expect(stored).toMatchObject({ name: 'IMG_1.JPG', size: bytes.length, width: 300, height: 400 });
    expect(stored.thumbhash).toMatch(/^[\w+/=]{20,64}$/);
    expect((await served(stored.file)).bytes.equals(bytes)).toBe(true);
    const broken = bytes.subarray(0, bytes.length / 2);
    const { file } = await brought(node, 'mallory', {
      kind: 'image',
      name: 'x.jpg',
      bytes: broken,
      original: true,
    });
    expect(await codeOf(node.as('mallory', 'files.finish', { file }))).toBe('rejected');
  });

  test('large ones are bounded, transparent ones stay transparent, moving ones go on moving', async () => {
    const large = await uploaded(node, 'mallory', {
      kind: 'image',
      name: 'x.png',
      bytes: madePng(5120, 2000),
    });
    expect(large).toMatchObject({ width: 2560, height: 1000, type: 'image/jpeg', animated: false });
    const clear = await uploaded(node, 'mallory', {
      kind: 'image',
      name: 'x.png',
      bytes: await picture('png', { alpha: true }),
    });
    expect(clear).toMatchObject({ type: 'image/webp', name: 'x.webp' });
    expect((await sharp((await served(clear.file)).bytes).metadata()).hasAlpha).toBe(true);
    for (const format of ['gif', 'webp'] as const) {
      const stored = await uploaded(node, 'mallory', {
        kind: 'image',
        name: 'x',
        bytes: await moving(format),
      });
      expect(stored).toMatchObject({ animated: true, width: 40, height: 40, type: 'image/webp' });
      expect((await sharp((await served(stored.file)).bytes).metadata()).pages).toBe(3);
    }
  });

  test.each(['png', 'webp', 'gif', 'avif', 'jpeg'] as const)('a whole %s is taken', async (format) => {
    const image = { kind: 'image' as const, name: 'x', bytes: await picture(format) };
    const stored = await uploaded(node, 'mallory', image);
    expect(stored).toMatchObject({ kind: 'image', width: 200, height: 100 });
    const same = await uploaded(node, 'mallory', { ...image, original: true });
    expect(same).toMatchObject({ kind: 'image', type: `image/${format}`, width: 200, height: 100 });
  });
});

describe('names', () => {
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\cmd.exe', 'cmd.exe'],
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['\u2066x\u2069\u200f.pdf', 'x.pdf'],
    ['line\r\nbreak.txt', 'linebreak.txt'],
    ['报告 第一章.pdf', '报告 第一章.pdf'],
    ['отчёт.docx', 'отчёт.docx'],
    ['ملف.zip', 'ملف.zip'],
    ['a"; filename="evil.html', 'a"; filename="evil.html'],
    ['..', 'file'],
    ['/', 'file'],
  ])('%j is told as %j', async (given, told) => {
    const stored = await uploaded(node, 'mallory', { kind: 'file', name: given, bytes: utf8('x') });
    expect(stored.name).toBe(told);
    const { headers } = await served(stored.file);
    const [, encoded] =
      /^attachment; filename="[^"\\]*"; filename\*=UTF-8''([\w.%!#$&+^`|~-]+)$/.exec(
        headers.get('content-disposition') ?? '',
      ) ?? [];
    expect(decodeURIComponent(encoded ?? '')).toBe(told);
  });
});
