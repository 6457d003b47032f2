/** Makes the files that the people of the demo send each other: `npm run demo-files -w @inlay-im/e2e`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { launch } from './lib/browser.ts';

const FOLDER = join(import.meta.dir, '../../packages/server/src/demo');

interface Glaze {
  readonly ground: string;
  readonly ring: string;
  readonly star: string;
  readonly light: string;
}

/** Pixels of a tile's side. */
const SIDE = 240;

/** A tile: quarters of rings that meet their neighbours', and a star between them. */
const tile = ({ ground, ring, star, light }: Glaze): string => {
  const half = SIDE / 2;
  const corners = [0, SIDE].flatMap((x) => [0, SIDE].map((y) => [x, y] as const));
  const rings = corners.map(
    ([x, y]) =>
      `<circle cx="${x}" cy="${y}" r="104" fill="${ring}"/><circle cx="${x}" cy="${y}" r="80" fill="${ground}"/>
      <circle cx="${x}" cy="${y}" r="62" fill="${light}"/><circle cx="${x}" cy="${y}" r="30" fill="${star}"/>`,
  );
  const petal = `M${half} ${half} q26 -44 0 -96 q-26 52 0 96`;
  const petals = [0, 90, 180, 270].map(
    (turn) => `<path d="${petal}" fill="${star}" transform="rotate(${turn} ${half} ${half})"/>`,
  );
  return `<rect width="${SIDE}" height="${SIDE}" fill="${ground}"/>${rings.join('')}${petals.join('')}
    <circle cx="${half}" cy="${half}" r="14" fill="${light}"/>`;
};

/** A wall of tiles with light from a window on it; no tile is quite as bright as the next. */
function wall(glaze: Glaze, columns: number, rows: number): string {
  const [width, height] = [columns * SIDE, rows * SIDE];
  const tiles = Array.from({ length: columns * rows }, (_, i) => {
    const [x, y] = [(i % columns) * SIDE, Math.floor(i / columns) * SIDE];
    const shade = ((i * 7) % 5) * 0.03;
    return `<use href="#tile" x="${x}" y="${y}"/>
      <rect x="${x}" y="${y}" width="${SIDE}" height="${SIDE}" fill-opacity="${shade}"/>`;
  });
  const joints = [
    ...Array.from({ length: columns + 1 }, (_, i) => `M${i * SIDE} 0v${height}`),
    ...Array.from({ length: rows + 1 }, (_, i) => `M0 ${i * SIDE}h${width}`),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>
      <g id="tile">${tile(glaze)}</g>
      <linearGradient id="light" x2="1" y2="1">
        <stop stop-color="#fff" stop-opacity=".38"/><stop offset=".45" stop-color="#fff" stop-opacity="0"/>
        <stop offset="1" stop-color="#100c20" stop-opacity=".42"/>
      </linearGradient>
    </defs>
    ${tiles.join('')}
    <path d="${joints.join('')}" stroke="#e4dccd" stroke-width="6"/>
    <rect width="100%" height="100%" fill="url(#light)"/>
  </svg>`;
}

const WALLS: readonly (readonly [name: string, glaze: Glaze, columns: number, rows: number])[] = [
  ['harbour', { ground: '#f4f1e8', ring: '#1f4e79', star: '#2f74a8', light: '#dbe8f1' }, 5, 3],
  ['brick', { ground: '#f6eadb', ring: '#9c4322', star: '#c9683a', light: '#f0cfae' }, 4, 4],
  ['olive', { ground: '#f3f0e0', ring: '#5d6b34', star: '#8a9a4f', light: '#dde2bf' }, 4, 4],
];

const PRICES = ['Harbour  15 x 15 cm    4.20', 'Brick    15 x 15 cm    3.80', 'Olive    15 x 15 cm    3.80'];

/** A page of text as PDF 1.4, ISO 32000-1. */
function pdf(title: string, lines: readonly string[]): string {
  const said = lines.map((line) => `(${line}) Tj T*`).join(' ');
  const text = `BT /F1 22 Tf 72 740 Td 24 TL (${title}) Tj T* /F2 13 Tf T* ${said} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
  ];
  let written = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const at = String(written.length).padStart(10, '0');
    written += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${at} 00000 n \n`;
  });
  const count = objects.length + 1;
  return `${written}xref\n0 ${count}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${written.length}\n%%EOF\n`;
}

/** A bell of three notes, as a browser records it: Opus in WebM. */
async function bell(): Promise<Uint8Array<ArrayBuffer>> {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const encoded = await page.evaluate(async () => {
      const audio = new AudioContext();
      const to = audio.createMediaStreamDestination();
      const recorder = new MediaRecorder(to.stream, { mimeType: 'audio/webm;codecs=opus' });
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      const ended = new Promise((done) => {
        recorder.onstop = done;
      });
      recorder.start();
      for (const [i, pitch] of [659, 523, 784, 659, 523].entries()) {
        const at = audio.currentTime + 0.15 + i * 0.62;
        const volume = audio.createGain();
        volume.gain.setValueAtTime(0, at);
        volume.gain.linearRampToValueAtTime(i % 2 === 0 ? 0.6 : 0.35, at + 0.02);
        volume.gain.exponentialRampToValueAtTime(0.001, at + 1.1);
        volume.connect(to);
        const oscillator = audio.createOscillator();
        oscillator.type = 'triangle';
        oscillator.frequency.value = pitch;
        oscillator.connect(volume);
        oscillator.start(at);
        oscillator.stop(at + 1.1);
      }
      setTimeout(() => recorder.stop(), 3800);
      await ended;
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      return btoa(bytes.reduce((all, byte) => all + String.fromCharCode(byte), ''));
    });
    return Uint8Array.from(Buffer.from(encoded, 'base64'));
  } finally {
    await browser.close();
  }
}

const save = async (name: string, bytes: Uint8Array | string): Promise<void> => {
  await Bun.write(join(FOLDER, name), bytes);
  console.log(`${name}: ${Math.round(bytes.length / 1000)} kB`);
};

await mkdir(FOLDER, { recursive: true });
for (const [name, glaze, columns, rows] of WALLS) {
  const svg = Buffer.from(wall(glaze, columns, rows));
  await save(`${name}.jpg`, await sharp(svg).resize(1000).jpeg({ quality: 78, mozjpeg: true }).toBuffer());
}
await save('prices.pdf', pdf('Prices, spring 2026', PRICES));
await save('bell.webm', await bell());
