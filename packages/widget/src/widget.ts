/**
 * The widget's module, which the loader loads once the page is at rest: the client, so that the badge is live. The
 * kit itself comes with the first opening.
 */
import { given } from './view/given.ts';

export { type Following, follow } from './session/follow.ts';
export { join, type Share } from './session/shares.ts';

export async function loadView() {
  await import('./view/start.ts');
  return given;
}
