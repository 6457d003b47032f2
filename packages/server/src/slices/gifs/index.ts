import { InlayError } from '@inlay-im/protocol';
import type { HandlersOf } from '../../core/handler.ts';
import type { Logger } from '../../core/log.ts';
import { OnceAMinute } from '../../core/once-a-minute.ts';
import type { GifService } from '../../ports/gifs.ts';
import type { GifsContext } from './context.ts';
import { type Preview, previews } from './previews.ts';
import { search } from './search.ts';
import { take } from './take.ts';
import { ticketKey } from './tickets.ts';

export interface GifsDeps {
  /** Undefined: there is none, and everything about GIFs answers `not_found`. */
  service: GifService | undefined;
  now: () => number;
  logger: Logger;
  files: GifsContext['files'];
  /** The database's own, from its node state. */
  tokenSecret: string;
  /** Where addresses of previews begin; undefined: at the node itself. */
  origin: string | undefined;
}

type Names = 'gifs.service' | 'gifs.search' | 'gifs.take';

async function absent(): Promise<never> {
  throw new InlayError('not_found', 'This node searches for no GIFs: INLAY_GIFS names no service.');
}

/** Different reasons that are remembered as logged. */
const REASONS = 20;

/** What a node without a service does of GIFs, and with one. */
export interface Gifs {
  handlers: HandlersOf<Names>;
  /** The picture behind an address that a search gave, and when that ends. */
  preview(ticket: string): Promise<Preview & { expiresAt: number }>;
}

/** GIFs of a service: searched for, shown through the node, and taken as files. Nothing of them is stored but these. */
export function createGifs({ service, tokenSecret, origin = '', ...shared }: GifsDeps): Gifs {
  const name = async () => ({ name: service?.name ?? null });
  if (service === undefined) {
    return {
      handlers: { 'gifs.service': name, 'gifs.search': absent, 'gifs.take': absent },
      preview: absent,
    };
  }
  const key = ticketKey(tokenSecret);
  const context: GifsContext = { ...shared, service, origin, key, logged: new OnceAMinute(REASONS) };
  return {
    handlers: { 'gifs.service': name, 'gifs.search': search(context), 'gifs.take': take(context) },
    preview: previews(context),
  };
}
