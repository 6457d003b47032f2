/** A GIF of a stand-in: found by the words of its title. */
export interface StandInGif {
  readonly id: string;
  readonly title: string;
  /** Of every rendition alike. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** What is said of the bytes of the largest rendition. */
  readonly size?: number;
  /** Where its pictures are said to be, in place of the stand-in; without a slash at the end. */
  readonly elsewhere?: string;
}

export interface GifStandInOptions {
  readonly key: string;
  readonly gifs: readonly StandInGif[];
  /** Takes requests and never answers. */
  readonly silent?: boolean;
  /** Answers in place of a search. */
  readonly answer?: () => Response | undefined;
  /** Answers in place of a picture. */
  readonly picture?: (id: string) => Response | undefined;
}

/** A request as a service got it. */
export interface GifAsked {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

interface Api extends GifStandInOptions {
  /** Answers what is no picture. */
  say(asked: GifAsked, origin: string): Response;
}

/** Those whose title has all the words; all of them where there are none. */
export const foundIn = (gifs: readonly StandInGif[], words: string): readonly StandInGif[] =>
  gifs.filter(({ title }) =>
    words.split(/\s+/).every((word) => title.toLowerCase().includes(word.toLowerCase())),
  );

/** A service on a port of its own, with pictures at `/pictures/<id>/<format>`. */
export function gifStandIn({ gifs, silent, answer, picture, say }: Api) {
  const asked: GifAsked[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      const { pathname: path, searchParams, origin } = new URL(request.url);
      const headers = Object.fromEntries(request.headers);
      const one = { path, query: Object.fromEntries(searchParams), headers };
      asked.push(one);
      if (silent) return new Promise<Response>(() => {});
      const [, id] = /^\/pictures\/([^/]+)\//.exec(path) ?? [];
      if (id === undefined) return answer?.() ?? say(one, origin);
      const gif = gifs.find((each) => each.id === id);
      return picture?.(id) ?? new Response(gif?.bytes ?? null, { status: gif === undefined ? 404 : 200 });
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    /** What came, oldest first. */
    asked: asked as readonly GifAsked[],
    close: () => server.stop(true),
  };
}

export type GifStandIn = ReturnType<typeof gifStandIn>;
