/** Makes the messenger's icons from its icon.svg: `npm run icons -w @inlay-im/e2e`. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch } from './lib/browser.ts';

interface Icon {
  readonly name: string;
  readonly size: number;
  /**
   * For systems that cut the icon to a shape of their own: no corners, and the sign inside the middle four fifths,
   * which every shape leaves whole (https://www.w3.org/TR/appmanifest/#icon-masks).
   */
  readonly full: boolean;
}

const ICONS: readonly Icon[] = [
  { name: 'icon-192', size: 192, full: false },
  { name: 'icon-512', size: 512, full: false },
  { name: 'maskable-512', size: 512, full: true },
  { name: 'apple-touch', size: 180, full: true },
];

const source = fileURLToPath(new URL('../../apps/messenger/src/', import.meta.url));
const svg = await Bun.file(`${source}icon.svg`).text();
await mkdir(`${source}icons`, { recursive: true });
const browser = await launch();
try {
  for (const { name, size, full } of ICONS) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const drawn = full ? svg.replace('rx="9"', 'rx="0"') : svg;
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${drawn}`);
    await page.screenshot({ path: `${source}icons/${name}.png`, omitBackground: true });
    await page.close();
  }
} finally {
  await browser.close();
}
