import {
  foundIn,
  type GifAsked,
  type GifStandInOptions,
  gifStandIn,
  type StandInGif,
} from '../gifs-stand-in.ts';

const problem = (status: number, msg: string) =>
  Response.json({ data: [], meta: { status, msg, response_id: '' } }, { status });

function image(gif: StandInGif, origin: string, format: string) {
  const url = (ending: string) =>
    `${gif.elsewhere ?? origin}/pictures/${gif.id}/${format}.${ending}?cid=1&rid=${format}.${ending}&ct=g`;
  const size = String(format === 'original' ? (gif.size ?? gif.bytes.length) : gif.bytes.length);
  const shared = { width: String(gif.width), height: String(gif.height), url: url('gif'), size };
  // The downsized ones come in one format alone.
  return format.startsWith('downsized')
    ? shared
    : { ...shared, webp: url('webp'), webp_size: size, mp4: url('mp4') };
}

const FORMATS = [
  'original',
  'downsized',
  'downsized_medium',
  'downsized_large',
  'fixed_width',
  'fixed_height',
];

function result(gif: StandInGif, origin: string) {
  return {
    type: 'gif',
    id: gif.id,
    url: `https://giphy.com/gifs/${gif.id}`,
    slug: gif.id,
    rating: 'g',
    title: `${gif.title} GIF`,
    alt_text: gif.title,
    is_sticker: 0,
    images: Object.fromEntries(FORMATS.map((format) => [format, image(gif, origin, format)])),
  };
}

/** The part of Giphy's API that searches: developers.giphy.com/docs/api/endpoint. */
export function giphyStandIn(o: GifStandInOptions) {
  function say({ path, query }: GifAsked, origin: string): Response {
    if (query.api_key !== o.key) return problem(401, `Unauthorized: ${query.api_key}`);
    if (path !== '/v1/gifs/search' && path !== '/v1/gifs/trending') return problem(404, 'Not Found');
    if (path === '/v1/gifs/search' && !query.q) return problem(400, 'q is required');
    const found = foundIn(o.gifs, query.q ?? '');
    const [offset, count] = [Number(query.offset ?? 0), Number(query.limit ?? 25)];
    const page = found.slice(offset, offset + count);
    return Response.json({
      data: page.map((gif) => result(gif, origin)),
      pagination: { total_count: found.length, count: page.length, offset },
      meta: { status: 200, msg: 'OK', response_id: 'r' },
    });
  }
  return gifStandIn({ ...o, say });
}
