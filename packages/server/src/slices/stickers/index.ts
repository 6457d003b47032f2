import type { Jobs } from '../../core/jobs.ts';
import type { Log } from '../../log/index.ts';
import { arrange } from './arrange.ts';
import { favour } from './favour.ts';
import { packs } from './packs.ts';
import { publish } from './publish.ts';
import { withdraw } from './withdraw.ts';

export { publishPack } from './publish.ts';
export { packsOf, stickerNotFound, stickerOf } from './queries.ts';
export { noteUsed } from './shelf.ts';

export interface StickersDeps {
  log: Log;
  jobs: Jobs;
}

/** Stickers: packs that the app publishes, and what each person has of them. */
export const stickerHandlers = (deps: StickersDeps) => ({
  'stickers.packs': packs(deps),
  'stickers.arrange': arrange(deps),
  'stickers.favour': favour(deps),
  'stickers.publish': publish(deps),
  'stickers.withdraw': withdraw(deps),
});
