import { signToken } from '@inlay-im/token';

export interface Site {
  readonly origin: string;
  /** How often its backend was asked for a token. */
  readonly asked: number;
  stop(): Promise<void>;
}

export interface SiteOptions {
  readonly secret: string;
  /** The page's text for an address. */
  page(address: URL): string;
  /** Headers of the page. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Somebody's site on another origin than the node's, whose backend signs tokens at `/chat-token` for the person that
 * the cookie `person` names.
 */
export function startSite({ secret, page, headers = {} }: SiteOptions): Site {
  let asked = 0;
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    routes: {
      '/chat-token': {
        POST: async (request) => {
          asked += 1;
          const id = request.cookies.get('person');
          if (!id) return new Response(null, { status: 401 });
          return new Response(
            await signToken({ user: { id, name: id[0]?.toUpperCase() + id.slice(1) }, secret }),
          );
        },
      },
    },
    fetch: (request) =>
      new Response(page(new URL(request.url)), {
        headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
      }),
  });
  return {
    origin: server.url.origin,
    get asked() {
      return asked;
    },
    stop: () => server.stop(true),
  };
}
