import { GIF_TIMEOUT_MS, GifServiceUnavailable, GifUnfit } from '../ports/gifs.ts';

/** What the adapters of GIF services have in common. */
export interface GifServiceConfig {
  readonly key: string;
  /** Without a slash at the end. */
  readonly url: string;
  /** In place of the service's own name, for another that speaks its API. */
  readonly name: string | undefined;
  /** From which pictures are fetched beside the service's own hosts. */
  readonly hosts: readonly string[];
  /** Up to which what is found may go. */
  readonly rating: 'g' | 'pg' | 'pg-13' | 'r';
}

export interface GifServiceDeps {
  readonly timeoutMs?: number;
}

/** Bytes of an answer of a service: some 10 kB for each GIF. */
const ANSWER_BYTES = 2 * 1024 * 1024;

export interface GifHttp {
  /** Whether a picture at this address would be fetched. */
  mayFetch(url: string): boolean;
  /** What the service says: JSON, undefined where it is none. */
  ask(path: string, parameters: Readonly<Record<string, string | undefined>>): Promise<unknown>;
  bytes(url: string, most: number): Promise<Uint8Array<ArrayBuffer>>;
}

class TooMuch extends Error {}

/** Reads a body, and stops at the first byte that is too many. */
async function readOut(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(response.headers.get('content-length') ?? 0) > most) throw new TooMuch();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > most) throw new TooMuch();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, size));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Means {
  /** For messages of errors. */
  service: string;
  config: GifServiceConfig;
  /** Hosts of the service that have its pictures. */
  hosts: readonly string[];
}

/** Asks a service and fetches its pictures, bounded in time and size. Redirects are not followed: they lead anywhere. */
export function gifHttp(
  { service, config, hosts }: Means,
  { timeoutMs = GIF_TIMEOUT_MS }: GifServiceDeps,
): GifHttp {
  const base = new URL(config.url).origin;
  const known = new Set([...hosts, ...config.hosts]);

  function mayFetch(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname, port, origin, username, password } = new URL(url);
    if (username !== '' || password !== '') return false;
    return origin === base || (protocol === 'https:' && port === '' && known.has(hostname));
  }

  async function get(url: URL, most: number): Promise<Uint8Array<ArrayBuffer>> {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, { redirect: 'manual', signal });
      if (response.status !== 200) {
        await response.body?.cancel();
        throw new GifServiceUnavailable(`${service}: answered ${response.status}`);
      }
      return await readOut(response, most);
    } catch (thrown) {
      if (thrown instanceof GifServiceUnavailable || thrown instanceof TooMuch) throw thrown;
      if (signal.aborted) throw new GifServiceUnavailable(`${service}: no answer within ${timeoutMs} ms`);
      const code = thrown instanceof Error && 'code' in thrown ? ` (${String(thrown.code)})` : '';
      throw new GifServiceUnavailable(`${service}: no connection${code}`);
    }
  }

  return {
    mayFetch,
    async ask(path, parameters) {
      const url = new URL(`${config.url}${path}`);
      for (const [name, value] of Object.entries(parameters)) {
        if (value !== undefined) url.searchParams.set(name, value);
      }
      try {
        return parsed(new TextDecoder().decode(await get(url, ANSWER_BYTES)));
      } catch (thrown) {
        if (!(thrown instanceof TooMuch)) throw thrown;
        throw new GifServiceUnavailable(`${service}: answered more than ${ANSWER_BYTES} bytes`);
      }
    },
    async bytes(url, most) {
      if (!mayFetch(url)) throw new GifUnfit(`${service}: a picture is at a host that is not its own`);
      try {
        return await get(new URL(url), most);
      } catch (thrown) {
        if (!(thrown instanceof TooMuch)) throw thrown;
        throw new GifUnfit(`${service}: a picture has more than ${most} bytes`);
      }
    },
  };
}
