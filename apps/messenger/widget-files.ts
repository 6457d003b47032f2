/**
 * Writes the widget's files to packages/widget/dist, in folders by when a page loads them, for the budgets: `loader`,
 * `closed` when the page is at rest, `opened` to show list and conversation, `later` on use of something else.
 */
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWidget, isOpened } from './bundle/widget.ts';

const dist = fileURLToPath(new URL('../../packages/widget/dist/', import.meta.url));

const { loader, module } = await buildWidget();
const closed = module.loaded(() => false);
const opened = module.loaded(isOpened);
await rm(dist, { recursive: true, force: true });
await Bun.write(`${dist}loader/widget.js`, loader);
for (const output of module.outputs) {
  const name = basename(output.path);
  const when = closed.has(name) ? 'closed' : opened.has(name) ? 'opened' : 'later';
  await Bun.write(`${dist}${when}/${name}`, output);
}
