import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Browser } from 'playwright-core';
import { faults } from './axe.ts';
import { launch } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 60_000);
afterAll(async () => {
  await browser.close();
}, 60_000);

/** A page on which a text fades in for an hour; another one begins to as axe comes. */
const page = (colour: string): string => `<!doctype html>
  <html lang="en"><title>Fading</title>
  <style>
    @keyframes fade { from { opacity: 0; } }
    p { color: ${colour}; background: white; animation: fade 3600s; }
  </style>
  <main><h1>Fading</h1><p>It was there before.</p></main>
  <script>
    Object.defineProperty(window, 'axe', {
      configurable: true,
      set(axe) {
        document.querySelector('main').insertAdjacentHTML('beforeend', '<p>It comes meanwhile.</p>');
        Object.defineProperty(window, 'axe', { value: axe });
      },
    });
  </script>`;

test('what fades in, from before or meanwhile, is looked at in its own colour, and goes on fading in afterwards', async () => {
  const window = await browser.newPage();
  await window.setContent(page('#595959'));
  expect(await faults(window)).toEqual([]);
  const fading = () => window.evaluate(() => document.getAnimations().map((one) => one.playState));
  expect(await fading()).toContain('running');
  await window.setContent(page('#b0b0b0'));
  expect(await faults(window)).toHaveLength(2);
}, 60_000);
