import { z } from 'zod';
import {
  type FoundGif,
  GIF_BYTES,
  GifCursorUnknown,
  type GifService,
  GifServiceUnavailable,
  type Rendition,
} from '../../ports/gifs.ts';
import { type GifServiceConfig, type GifServiceDeps, gifHttp } from '../gifs-http.ts';

const HOSTS = ['media', 'media0', 'media1', 'media2', 'media3', 'media4', 'i'].map(
  (one) => `${one}.giphy.com`,
);
/** Renditions by size, the best first: developers.giphy.com/docs/optional-settings, "Rendition guide". */
const FULL = ['original', 'downsized_large', 'downsized_medium', 'downsized', 'fixed_width'];
const PREVIEW = ['fixed_width', 'fixed_width_downsampled', 'fixed_width_small', 'downsized'];
/** A search gives no more than what begins up to here. */
const LAST_OFFSET = 4999;

/** Giphy writes numbers as text. */
const Count = z.coerce.number().int().min(0);
const Side = z.coerce.number().int().min(1);
const Image = z.object({
  url: z.string().default(''),
  size: Count.default(0),
  /** The same picture in fewer bytes. */
  webp: z.string().default(''),
  webp_size: Count.default(0),
  width: Side,
  height: Side,
});
const Result = z.object({
  id: z.string().min(1),
  title: z.string().default(''),
  alt_text: z.string().default(''),
  images: z.record(z.string(), z.unknown()),
});
const Answer = z.object({
  data: z.array(z.unknown()),
  pagination: z.object({ offset: Count, count: Count, total_count: Count.optional() }).optional(),
});

type Pages = z.infer<typeof Answer>['pagination'];

function nextOf(pagination: Pages): string | null {
  if (pagination === undefined || pagination.count === 0) return null;
  const next = pagination.offset + pagination.count;
  return next > LAST_OFFSET || next >= (pagination.total_count ?? next + 1) ? null : String(next);
}

/** GIFs by Giphy's API (developers.giphy.com/docs/api/endpoint), and by others that speak it. */
export function giphyGifs(config: GifServiceConfig, deps: GifServiceDeps = {}): GifService {
  const http = gifHttp({ service: 'giphy', config, hosts: HOSTS }, deps);

  function best(images: Readonly<Record<string, unknown>>, names: readonly string[]): Rendition | undefined {
    for (const name of names) {
      const { data } = Image.safeParse(images[name]);
      if (data === undefined) continue;
      const { width, height } = data;
      const kinds = [
        { url: data.webp, size: data.webp_size },
        { url: data.url, size: data.size },
      ];
      const fit = kinds.find(({ url, size }) => size <= GIF_BYTES && http.mayFetch(url));
      if (fit !== undefined) return { url: fit.url, width, height };
    }
    return undefined;
  }

  function found(result: unknown): FoundGif[] {
    const { data } = Result.safeParse(result);
    if (data === undefined) return [];
    const [preview, full] = [best(data.images, PREVIEW), best(data.images, FULL)];
    if (preview === undefined || full === undefined) return [];
    return [{ id: data.id, title: data.alt_text || data.title, preview, full }];
  }

  return {
    name: config.name ?? 'GIPHY',
    bytes: http.bytes,
    async search({ query, cursor = '0', limit, locale }) {
      if (!/^\d{1,4}$/.test(cursor))
        throw new GifCursorUnknown('giphy: expected a number of at most 4 digits');
      const answer = await http.ask(query === '' ? '/v1/gifs/trending' : '/v1/gifs/search', {
        api_key: config.key,
        ...(query === '' ? {} : { q: query, lang: locale }),
        limit: String(limit),
        offset: cursor,
        rating: config.rating,
      });
      const { data } = Answer.safeParse(answer);
      if (data === undefined) throw new GifServiceUnavailable('giphy: answered what is not understood');
      return { gifs: data.data.flatMap(found).slice(0, limit), next: nextOf(data.pagination) };
    },
  };
}
