import { InlayError } from '@inlay-im/protocol';
import type { Logger } from '../core/log.ts';

/** How many refused origins are logged, each once, as anyone may send any. */
const TOLD = 100;

export interface OriginOptions {
  /** Origins as browsers write them, `https://shop.example`; `*` is any. */
  allowed: readonly string[];
  logger: Logger;
}

/** Whether pages of an origin may call a node that they reached as `host`. */
export type OriginCheck = (origin: string, host: string | undefined) => boolean;

/**
 * Which pages may connect: those of the same host, and those that the configuration names. Browsers show the reason of
 * a refusal to nobody, so it is logged.
 */
export function createOriginCheck({ allowed, logger }: OriginOptions): OriginCheck {
  const any = allowed.includes('*');
  const names = new Set(allowed.map((o) => o.toLowerCase()));
  const told = new Set<string>();
  const isOwn = (origin: string, host: string | undefined): boolean =>
    host !== undefined && URL.parse(origin)?.host === host.toLowerCase();
  return (origin, host) => {
    if (any || names.has(origin.toLowerCase()) || isOwn(origin, host)) return true;
    if (told.size < TOLD && !told.has(origin)) {
      told.add(origin);
      logger.warn('pages of another origin were refused; see INLAY_ALLOWED_ORIGINS', {
        origin: origin.slice(0, 200),
      });
    }
    return false;
  };
}

/** What a page is told whose origin is not allowed. */
export function originRefused(origin: string): InlayError {
  const of = JSON.stringify(origin.slice(0, 200));
  return new InlayError('forbidden', `Pages of ${of} may not use this node; see INLAY_ALLOWED_ORIGINS.`);
}
