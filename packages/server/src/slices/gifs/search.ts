import { type Gif, InlayError, type Input, LIMITS, type Output } from '@inlay-im/protocol';
import { LRUCache } from 'lru-cache';
import type { UserCaller } from '../../core/caller.ts';
import type { Handler } from '../../core/handler.ts';
import { checkWait, TokenBuckets } from '../../core/rate-limit.ts';
import { type FoundGif, GifCursorUnknown, type GifPage } from '../../ports/gifs.ts';
import { asking, type GifsContext } from './context.ts';
import { issue, ticketEnd } from './tickets.ts';

type Question = Input<'gifs.search'>;

/** Searches of a person that may come at once, and milliseconds in which one more may. */
const SEARCHES = { capacity: 30, interval: 1000, keys: 50_000 };
/** Answers that are remembered, and for how long, in ms. */
const ANSWERS = 500;
const FRESH = 5 * 60_000;

/** A title without what does not fit, cut between characters. */
function shortened(title: string): string {
  const start = title.trim().slice(0, LIMITS.title);
  return start.isWellFormed() ? start : start.slice(0, -1);
}

const isShowable = ({ preview: { width, height } }: FoundGif): boolean =>
  Math.max(width, height) <= LIMITS.imageSide;

function toGif(context: GifsContext, found: FoundGif, o: { app: number; query: string; end: number }): Gif {
  const { preview, full, id } = found;
  const title = shortened(found.title);
  return {
    id: issue(context.key, 'take', [o.end, o.app, id, full.url, title, o.query]),
    title,
    width: preview.width,
    height: preview.height,
    preview: `${context.origin}/media/gifs/${issue(context.key, 'preview', [o.end, preview.url])}`,
  };
}

/** Asks the service once for all who ask the same within a while. */
function remembering(context: GifsContext) {
  const answers = new LRUCache<string, { at: number; page: Promise<GifPage> }>({ max: ANSWERS });
  return ({ query, cursor, locale }: Question): Promise<GifPage> => {
    const name = JSON.stringify([locale, query.toLowerCase(), cursor]);
    const at = context.now();
    const held = answers.get(name);
    if (held !== undefined && at - held.at < FRESH) return held.page;
    const page = context.service.search({ query, cursor, locale, limit: LIMITS.gifPage });
    const entry = { at, page };
    answers.set(name, entry);
    page.catch(() => {
      if (answers.peek(name) === entry) answers.delete(name);
    });
    return page;
  };
}

const unknownCursor = (): InlayError =>
  new InlayError('invalid_input', 'cursor: expected the `next` of a page before.', { field: 'cursor' });

export function search(context: GifsContext): Handler<'gifs.search'> {
  const buckets = new TokenBuckets({ ...SEARCHES, now: context.now });
  const ask = remembering(context);
  return async ({ app, user }: UserCaller, question): Promise<Output<'gifs.search'>> => {
    checkWait(buckets.take(`${app.pk} ${user}`));
    try {
      const { gifs, next } = await asking(context, ask(question));
      const about = { app: app.pk, query: question.query, end: ticketEnd(context.now()) };
      return { gifs: gifs.filter(isShowable).map((gif) => toGif(context, gif, about)), next };
    } catch (error) {
      throw error instanceof GifCursorUnknown ? unknownCursor() : error;
    }
  };
}
