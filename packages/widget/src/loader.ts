/**
 * The one tag: a launcher with what is unread, and the custom element. It is small, and loads the rest from beside
 * itself when the page is at rest, or when somebody wants it.
 */

import { readTag } from './config.ts';
import { createInlay } from './inlay.ts';
import { ownTag } from './own-tag.ts';

const tag = ownTag();
if (tag !== undefined) {
  const config = readTag((name) => tag.getAttribute(`data-${name}`), tag.src);
  // The script may run again, where a page that is one for long puts its tag in anew: then it only says other things.
  const { Inlay } = globalThis as { Inlay?: { configure?(config: unknown): void } };
  if (Inlay?.configure) Inlay.configure(config);
  else createInlay(config, tag.src);
}
