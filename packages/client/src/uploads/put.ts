import { InlayError } from '@inlay-im/protocol/rules';
import type { Clock } from '../clock.ts';
import { ClientError, ConnectionLost, TimedOut } from '../requests/errors.ts';
import { errorOf, type Fetch } from '../requests/http.ts';

/** Bytes on their way that made no headway for so many milliseconds are given up. */
const STALLED = 60_000;
/**
 * Bytes of one request. Proxies bound the size of a body, and an access token is looked at once in each request.
 * `fetch` tells of no headway within one, so that its requests are small.
 */
const CHUNK = { xhr: 16 * 1024 ** 2, fetch: 1024 ** 2 };

/** As much of an XMLHttpRequest as is used, which tells of headway where there is one. https://xhr.spec.whatwg.org/ */
export interface Xhr {
  readonly upload: { onprogress: ((event: { loaded: number }) => void) | null };
  readonly status: number;
  readonly responseText: string;
  onload: (() => void) | null;
  onerror: (() => void) | null;
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  getResponseHeader(name: string): string | null;
  send(body: Blob | null): void;
  abort(): void;
}
export type XhrConstructor = new () => Xhr;

export interface Reply {
  readonly status: number;
  header(name: string): string | null;
  readonly text: string;
}

export interface Sent {
  readonly method: 'HEAD' | 'PATCH' | 'PUT';
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: Blob;
}

export interface Watch {
  readonly signal: AbortSignal;
  /** So many bytes of the body went out. */
  progress?(loaded: number): void;
}

/** The node does not know the upload, or stands elsewhere in it: it is begun again, which tells where to go on. */
export class UploadMoved extends ClientError {
  override readonly name = 'UploadMoved';

  override get retry(): boolean {
    return true;
  }
}

/** What a reply that refuses means. The node's own error stands in the body, where it is the node that answered. */
export function refusal({ status, text, header }: Reply): Error {
  let said: { error?: unknown } = {};
  try {
    said = JSON.parse(text);
  } catch {
    // Something between here and the node answered, or a store that speaks XML.
  }
  if (said?.error !== undefined) return errorOf(said.error);
  if (status === 413)
    return new InlayError('too_large', 'a request with a part of the file was refused as too large');
  if (status >= 500 || status === 429) {
    const seconds = Number(header('retry-after') ?? 0);
    return new InlayError('busy', `no bytes were taken: HTTP ${status}`, {
      ...(seconds > 0 ? { retryAfter: seconds * 1000 } : {}),
    });
  }
  return new UploadMoved(`no bytes were taken: HTTP ${status}`);
}

export interface WireOptions {
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly XMLHttpRequest: XhrConstructor | undefined;
}

/** Requests that carry bytes. */
export class Wire {
  readonly #options: WireOptions;
  readonly chunk: number;

  constructor(options: WireOptions) {
    this.#options = options;
    this.chunk = options.XMLHttpRequest ? CHUNK.xhr : CHUNK.fetch;
  }

  /** Fails with `ConnectionLost` where nothing answered and `TimedOut` where it stalled; any answer is given. */
  async send(sent: Sent, { signal, progress }: Watch): Promise<Reply> {
    const { clock, XMLHttpRequest } = this.#options;
    const abort = new AbortController();
    const stop = () => abort.abort();
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    let stalled = false;
    const patience = () =>
      clock.after(STALLED, () => {
        stalled = true;
        stop();
      });
    let cancel = patience();
    const headway = (loaded: number) => {
      cancel();
      cancel = patience();
      progress?.(loaded);
    };
    try {
      return await (XMLHttpRequest && sent.body
        ? byXhr(XMLHttpRequest, sent, { signal: abort.signal, progress: headway })
        : byFetch(this.#options.fetch, sent, abort.signal));
    } catch (cause) {
      if (stalled) throw new TimedOut(`no headway within ${STALLED} ms`, { cause });
      throw new ConnectionLost('the bytes did not get through', { cause });
    } finally {
      cancel();
      signal.removeEventListener('abort', stop);
    }
  }
}

async function byFetch(fetch: Fetch, sent: Sent, signal: AbortSignal): Promise<Reply> {
  const { method, headers = {}, body } = sent;
  const response = await fetch(sent.url, { method, headers, signal, ...(body ? { body } : {}) });
  const text = await response.text();
  return { status: response.status, text, header: (name) => response.headers.get(name) };
}

function byXhr(XMLHttpRequest: XhrConstructor, sent: Sent, watch: Watch): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(sent.method, sent.url);
    for (const [name, value] of Object.entries(sent.headers ?? {})) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = ({ loaded }) => watch.progress?.(loaded);
    xhr.onload = () =>
      resolve({
        status: xhr.status,
        text: xhr.responseText,
        header: (name) => xhr.getResponseHeader(name),
      });
    xhr.onerror = () => reject(new TypeError('the request failed'));
    const stop = () => {
      xhr.abort();
      reject(new TypeError('the request was given up'));
    };
    if (watch.signal.aborted) return stop();
    watch.signal.addEventListener('abort', stop);
    xhr.send(sent.body ?? null);
  });
}
