import {
  foundIn,
  type GifAsked,
  type GifStandInOptions,
  gifStandIn,
  type StandInGif,
} from '../gifs-stand-in.ts';

const problem = (status: number, message: string) =>
  Response.json({ error: { code: status, message, status: 'INVALID_ARGUMENT' } }, { status });

function media(gif: StandInGif, origin: string, format: string) {
  const url = `${gif.elsewhere ?? origin}/pictures/${gif.id}/${format}.gif`;
  const size = format === 'gif' ? (gif.size ?? gif.bytes.length) : gif.bytes.length;
  return { url, dims: [gif.width, gif.height], duration: 0.3, preview: '', size };
}

/** Only the formats that were asked for, as of `media_filter`. */
function result(gif: StandInGif, origin: string, filter: string) {
  const formats = filter.split(',').map((format) => [format, media(gif, origin, format)]);
  return {
    id: gif.id,
    title: '',
    content_description: gif.title,
    media_formats: Object.fromEntries(formats),
    created: 1_600_000_000.5,
    itemurl: `https://tenor.com/view/${gif.id}`,
    url: `https://tenor.com/${gif.id}.gif`,
    tags: gif.title.split(' '),
    flags: [],
    hasaudio: false,
  };
}

/** The part of Tenor's API, version 2, that searches: developers.google.com/tenor/guides/endpoints. */
export function tenorStandIn(o: GifStandInOptions) {
  function say({ path, query }: GifAsked, origin: string): Response {
    if (query.key !== o.key) return problem(400, `API key not valid: ${query.key}`);
    if (path === '/v2/registershare') return Response.json({});
    if (path !== '/v2/search' && path !== '/v2/featured') return problem(404, 'no such method');
    if (path === '/v2/search' && !query.q) return problem(400, 'q is required');
    const found = foundIn(o.gifs, query.q ?? '');
    const [from, count] = [Number(query.pos?.replace('at-', '') ?? 0), Number(query.limit ?? 20)];
    const next = from + count < found.length ? `at-${from + count}` : '';
    const page = found.slice(from, from + count);
    return Response.json({
      results: page.map((gif) => result(gif, origin, query.media_filter ?? 'gif')),
      next,
    });
  }
  return gifStandIn({ ...o, say });
}
