import { z } from 'zod';
import {
  type FoundGif,
  GIF_BYTES,
  type GifService,
  GifServiceUnavailable,
  type Rendition,
} from '../../ports/gifs.ts';
import { type GifServiceConfig, type GifServiceDeps, gifHttp } from '../gifs-http.ts';

/** Where Tenor has its pictures: developers.google.com/tenor/guides/migrate-from-v1, "Update to V2 domains". */
const HOSTS = ['media.tenor.com', 'c.tenor.com'];
/** Formats by size, the best first: developers.google.com/tenor/guides/response-objects-and-errors. */
const FULL = ['gif', 'mediumgif', 'tinygif'];
const PREVIEW = ['tinygif', 'nanogif', 'mediumgif', 'gif'];
const FORMATS = ['gif', 'mediumgif', 'tinygif', 'nanogif'].join();
/** What Tenor calls its audiences: developers.google.com/tenor/guides/content-filtering. */
const FILTERS = { g: 'high', pg: 'medium', 'pg-13': 'low', r: 'off' } as const;
const LOCALES = { en: 'en_US', 'zh-CN': 'zh_CN' } as const;
/** Tells this program's requests from others with the same key. */
const CLIENT = 'inlay';

const Side = z.coerce.number().int().min(1);
const Media = z.object({
  url: z.url(),
  dims: z.tuple([Side, Side]),
  /** Bytes; absent in answers of some that speak this API. */
  size: z.number().min(0).default(0),
});
const Result = z.object({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  content_description: z.string().default(''),
  media_formats: z.record(z.string(), z.unknown()),
});
const Answer = z.object({
  results: z.array(z.unknown()),
  /** Empty on the last page. */
  next: z.union([z.string(), z.number()]).transform(String).default(''),
});

/** GIFs by Tenor's API, version 2 (developers.google.com/tenor/guides/endpoints), and by others that speak it. */
export function tenorGifs(config: GifServiceConfig, deps: GifServiceDeps = {}): GifService {
  const http = gifHttp({ service: 'tenor', config, hosts: HOSTS }, deps);
  const mine = { key: config.key, client_key: CLIENT };

  /** The first of these formats that there is, that may be fetched, and that is small enough. */
  function best(formats: Readonly<Record<string, unknown>>, names: readonly string[]): Rendition | undefined {
    for (const name of names) {
      const { data } = Media.safeParse(formats[name]);
      if (data === undefined || data.size > GIF_BYTES || !http.mayFetch(data.url)) continue;
      return { url: data.url, width: data.dims[0], height: data.dims[1] };
    }
    return undefined;
  }

  function found(result: unknown): FoundGif[] {
    const { data } = Result.safeParse(result);
    if (data === undefined) return [];
    const [preview, full] = [best(data.media_formats, PREVIEW), best(data.media_formats, FULL)];
    if (preview === undefined || full === undefined) return [];
    return [{ id: data.id, title: data.content_description, preview, full }];
  }

  return {
    name: config.name ?? 'Tenor',
    bytes: http.bytes,
    async search({ query, cursor, limit, locale }) {
      const answer = await http.ask(query === '' ? '/v2/featured' : '/v2/search', {
        ...mine,
        ...(query === '' ? {} : { q: query }),
        limit: String(limit),
        pos: cursor,
        media_filter: FORMATS,
        contentfilter: FILTERS[config.rating],
        locale: LOCALES[locale],
      });
      const { data } = Answer.safeParse(answer);
      if (data === undefined) throw new GifServiceUnavailable('tenor: answered what is not understood');
      return { gifs: data.results.flatMap(found).slice(0, limit), next: data.next === '' ? null : data.next };
    },
    async chosen(id, query) {
      await http.ask('/v2/registershare', { ...mine, id, ...(query === '' ? {} : { q: query }) });
    },
  };
}
