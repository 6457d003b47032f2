/** Makes the pictures of the README from the real page: `npm run screenshots -w @inlay-im/e2e`. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { launch } from './lib/browser.ts';
import { NodeProcess } from './lib/node.ts';
import { Window } from './lib/window.ts';

interface Picture extends BrowserContextOptions {
  readonly name: string;
  readonly person: string;
  readonly conversation: string;
}

const DESK = { viewport: { width: 1120, height: 720 }, deviceScaleFactor: 1.5 };
const PICTURES: readonly Picture[] = [
  { name: 'messenger-light', person: 'ann', conversation: 'Studio', ...DESK },
  {
    name: 'messenger-dark',
    person: 'liwei',
    conversation: 'Studio',
    ...DESK,
    colorScheme: 'dark',
    locale: 'zh-CN',
  },
  {
    name: 'messenger-phone',
    person: 'carla',
    conversation: 'Studio',
    viewport: { width: 360, height: 720 },
    deviceScaleFactor: 2,
    hasTouch: true,
  },
];

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
await mkdir(folder, { recursive: true });
const [node, browser] = await Promise.all([NodeProcess.start(['--demo']), launch()]);
const link = (person: string): string =>
  new RegExp(`http\\S+as=${person}#token=\\S+`).exec(node.output)?.[0] ?? '';
try {
  // Someone else is here and types, so that the pictures show it.
  const other = await Window.open(browser);
  await other.page.goto(link('ben'));
  await other.openConversation('Studio');
  for (const { name, person, conversation, ...options } of PICTURES) {
    const window = await Window.open(browser, options);
    await window.page.goto(link(person));
    await window.openConversation(conversation);
    await window.online();
    await window.page.locator('.inlay-message').last().scrollIntoViewIfNeeded();
    await other.page.locator('textarea').fill('');
    await other.page.locator('textarea').pressSequentially('.');
    await window.page.locator('.inlay-standing.typing').waitFor();
    await window.page.screenshot({ path: `${folder}${name}.png` });
    await window.close();
  }
} finally {
  await browser.close();
  await node.end();
}
