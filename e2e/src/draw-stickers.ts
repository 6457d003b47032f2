/** Draws the pack of stickers that comes with the demo, a drop of ink in several moods: `npm run stickers -w @inlay-im/e2e`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const SIDE = 256;
const FOLDER = join(import.meta.dir, '../../packages/server/src/stickers/inky');

const LINE = '#1d2a5c';
const stroke = `fill="none" stroke="${LINE}" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"`;

/** The drop itself, with a white rim so that it stands out on any ground. */
const drop = (colour: string): string => {
  const path = 'M128 24 C150 66 206 106 206 158 A78 78 0 0 1 50 158 C50 106 106 66 128 24 Z';
  return `
    <path d="${path}" fill="#fff" stroke="#fff" stroke-width="22" stroke-linejoin="round"/>
    <path d="${path}" fill="${colour}" stroke="${LINE}" stroke-width="8" stroke-linejoin="round"/>
    <path d="M84 132 C86 112 98 98 110 86" fill="none" stroke="#fff" stroke-opacity=".75" stroke-width="10" stroke-linecap="round"/>`;
};

const dots = (y = 150): string =>
  `<circle cx="102" cy="${y}" r="9" fill="${LINE}"/><circle cx="154" cy="${y}" r="9" fill="${LINE}"/>`;
const arcs = (y = 150): string => `<path d="M90 ${y} q12 -14 24 0 M142 ${y} q12 -14 24 0" ${stroke}/>`;
const lids = (y = 150): string => `<path d="M90 ${y} q12 12 24 0 M142 ${y} q12 12 24 0" ${stroke}/>`;
const cheeks =
  '<ellipse cx="84" cy="174" rx="12" ry="8" fill="#ff8fa3" fill-opacity=".8"/><ellipse cx="172" cy="174" rx="12" ry="8" fill="#ff8fa3" fill-opacity=".8"/>';
const smile = `<path d="M108 176 q20 20 40 0" ${stroke}/>`;
const laugh = `<path d="M100 172 h56 q-4 36 -28 36 t-28 -36 z" fill="#fff" stroke="${LINE}" stroke-width="8" stroke-linejoin="round"/>`;
const heart = (x: number, y: number, size: number): string =>
  `<path transform="translate(${x} ${y}) scale(${size})" d="M0 6 C-12 -8 -24 6 0 24 C24 6 12 -8 0 6 Z" fill="#f2405d" stroke="#fff" stroke-width="3"/>`;

/** An arm from the side of the body to a hand. */
const arm = (fromX: number, handX: number, handY: number): string => `
  <path d="M${fromX} 176 Q${(fromX + handX) / 2} ${handY + 30} ${handX} ${handY}" fill="none" stroke="#fff" stroke-width="26" stroke-linecap="round"/>
  <path d="M${fromX} 176 Q${(fromX + handX) / 2} ${handY + 30} ${handX} ${handY}" ${stroke}/>
  <circle cx="${handX}" cy="${handY}" r="14" fill="#fff" stroke="${LINE}" stroke-width="8"/>`;

const BLUE = '#6d8bff';

interface Drawn {
  readonly id: string;
  readonly emoji: string;
  /** Several where it moves. */
  readonly frames: readonly string[];
}

const hello = (handX: number, handY: number): string =>
  arm(196, handX, handY) + drop(BLUE) + dots() + cheeks + smile;

const STICKERS: readonly Drawn[] = [
  { id: 'hello', emoji: '👋', frames: [hello(228, 118), hello(234, 92), hello(222, 72), hello(234, 92)] },
  {
    id: 'love',
    emoji: '❤️',
    frames: [
      `${drop('#ff9bb3')}${heart(102, 138, 1)}${heart(154, 138, 1)}${smile}${heart(206, 52, 1.2)}${heart(48, 70, 0.9)}`,
    ],
  },
  { id: 'laugh', emoji: '😂', frames: [`${drop(BLUE)}${arcs(152)}${cheeks}${laugh}`] },
  {
    id: 'ok',
    emoji: '👍',
    frames: [
      `${drop('#7bd8a4')}${dots()}${cheeks}${smile}<path d="M202 178 V136" stroke="#fff" stroke-width="46" stroke-linecap="round"/>
      <path d="M202 178 V142" stroke="${LINE}" stroke-width="28" stroke-linecap="round"/><path d="M202 178 V142" stroke="#fff" stroke-width="13" stroke-linecap="round"/>
      <rect x="178" y="166" width="54" height="44" rx="18" fill="#fff" stroke="${LINE}" stroke-width="8"/>
      <path d="M214 181 h12 M214 195 h12" ${stroke}/>`,
    ],
  },
  {
    id: 'party',
    emoji: '🎉',
    frames: [
      `${arm(196, 232, 100)}${arm(60, 24, 100)}${drop('#ffc857')}${arcs()}${cheeks}${laugh}
      ${['#f2405d', '#2f9e6e', '#6d8bff', '#ff9bb3', '#f2405d', '#2f9e6e'].map((c, i) => `<rect x="${[36, 66, 178, 208, 222, 22][i]}" y="${[46, 20, 18, 48, 214, 210][i]}" width="14" height="8" rx="3" fill="${c}" transform="rotate(${i * 37} ${[43, 73, 185, 215, 229, 29][i]} ${[50, 24, 22, 52, 218, 214][i]})"/>`).join('')}`,
    ],
  },
  {
    id: 'sad',
    emoji: '😢',
    frames: [
      `${drop('#8fb8e8')}${dots(154)}<path d="M108 190 q20 -18 40 0" ${stroke}/><path d="M158 170 c8 12 12 18 12 24 a11 11 0 0 1 -22 0 c0 -6 4 -12 10 -24 z" fill="#dff1ff" stroke="${LINE}" stroke-width="5"/>`,
    ],
  },
  {
    id: 'sleep',
    emoji: '😴',
    frames: [
      `${drop('#a99cf5')}${lids()}<circle cx="128" cy="186" r="9" fill="${LINE}"/><g fill="none" stroke="#fff" stroke-width="18" stroke-linejoin="round"><path d="M186 40 h26 l-26 30 h26 M220 14 h18 l-18 20 h18"/></g><g ${stroke}><path d="M186 40 h26 l-26 30 h26 M220 14 h18 l-18 20 h18"/></g>`,
    ],
  },
  {
    id: 'hm',
    emoji: '🤔',
    frames: [
      `${drop('#f4a86b')}${dots()}<path d="M88 128 l26 -6 M142 116 q12 -10 26 -2" ${stroke}/><path d="M110 184 q18 -8 36 2" ${stroke}/><path d="M190 190 Q176 226 146 214" ${stroke}/><circle cx="142" cy="212" r="14" fill="#fff" stroke="${LINE}" stroke-width="8"/>`,
    ],
  },
];

const svg = (inside: string): Buffer =>
  Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="${SIDE}" height="${SIDE}">${inside}</svg>`,
  );

async function draw({ id, frames }: Drawn): Promise<void> {
  const images = await Promise.all(frames.map((frame) => sharp(svg(frame)).png().toBuffer()));
  const [first] = images;
  if (first === undefined) throw new Error(`${id} has no frame`);
  const image = images.length === 1 ? sharp(first) : sharp(images, { join: { animated: true } });
  const how = { quality: 82, alphaQuality: 90, effort: 6, loop: 0, delay: frames.map(() => 180) };
  await image.webp(how).toFile(join(FOLDER, `${id}.webp`));
}

await mkdir(FOLDER, { recursive: true });
for (const sticker of STICKERS) await draw(sticker);
const pack = {
  id: 'inky',
  title: 'Inky',
  stickers: STICKERS.map(({ id, emoji }) => ({ id, emoji, file: `${id}.webp` })),
};
await Bun.write(join(FOLDER, 'pack.json'), `${JSON.stringify(pack, null, 2)}\n`);
