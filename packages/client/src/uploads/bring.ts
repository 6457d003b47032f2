import type { Upload } from '@inlay-im/protocol';
import type { Call } from '../connection/link.ts';
import { type Reply, refusal, type Sent, UploadMoved, type Watch, type Wire } from './put.ts';

/** Addresses of parts that are asked for together. */
const PARTS = 20;
const TUS = { 'tus-resumable': '1.0.0' };

export interface BringOptions {
  readonly wire: Wire;
  readonly call: Call;
  /** An access token, a new one if `fresh`. */
  access(fresh: boolean): Promise<string>;
  /** Makes an address absolute. */
  at(url: string): string;
}

/** Hears how many bytes are out; `kept`: the node has said that it took them. */
export interface Bringing {
  readonly signal: AbortSignal;
  progress(loaded: number, kept: boolean): void;
}

const isFine = ({ status }: Reply): boolean => status >= 200 && status < 300;

/** Brings the bytes that the node does not have yet, in the way that it asked for. */
export function bring(options: BringOptions, upload: Upload & { file: string }, blob: Blob, how: Bringing) {
  return upload.by === 'tus' ? byTus(options, upload.url, blob, how) : byParts(options, upload, blob, how);
}

/** A request that carries the access token; one that has run out is replaced once. */
async function authorized(options: BringOptions, sent: Sent, watch: Watch): Promise<Reply> {
  const send = async (fresh: boolean) => {
    const authorization = `Bearer ${await options.access(fresh)}`;
    return options.wire.send({ ...sent, headers: { ...sent.headers, ...TUS, authorization } }, watch);
  };
  const reply = await send(false);
  return reply.status === 401 ? send(true) : reply;
}

function offsetOf(reply: Reply, size: number): number {
  if (!isFine(reply)) throw refusal(reply);
  const said = reply.header('upload-offset');
  const offset = said === null ? Number.NaN : Number(said);
  if (!Number.isInteger(offset) || offset < 0 || offset > size)
    throw new UploadMoved(`the node stands at ${said} of ${size} bytes`);
  return offset;
}

/**
 * The core of tus: HEAD asks where to go on, each PATCH brings some bytes from there.
 * https://tus.io/protocols/resumable-upload#core-protocol
 *
 * `tus-js-client` is not used: its build for Node and Bun takes no `Blob`, it is 16 kB gzip, and what it does beside
 * these two requests (waiting, repeating, remembering uploads) is decided here, and has to be, as a message hangs on it.
 */
async function byTus(options: BringOptions, url: string, blob: Blob, how: Bringing): Promise<void> {
  const { signal, progress } = how;
  const address = options.at(url);
  const { size } = blob;
  let offset = offsetOf(await authorized(options, { method: 'HEAD', url: address }, { signal }), size);
  progress(offset, false);
  while (offset < size) {
    const from = offset;
    const sent: Sent = {
      method: 'PATCH',
      url: address,
      headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(from) },
      body: blob.slice(from, from + options.wire.chunk),
    };
    const watch = { signal, progress: (loaded: number) => progress(from + loaded, false) };
    offset = offsetOf(await authorized(options, sent, watch), size);
    if (offset <= from) throw new UploadMoved(`the node kept none of the bytes after ${from}`);
    progress(offset, true);
  }
}

/** Parts straight to the store, each to an address of its own. An address that lapsed begins the upload again. */
async function byParts(
  options: BringOptions,
  upload: Upload & { by: 'parts'; file: string },
  blob: Blob,
  { signal, progress }: Bringing,
): Promise<void> {
  const { partSize, file } = upload;
  const have = new Set(upload.have);
  const count = Math.ceil(blob.size / partSize);
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((number) => !have.has(number));
  const partOf = (number: number) => blob.slice((number - 1) * partSize, number * partSize);
  let loaded = blob.size - missing.reduce((sum, number) => sum + partOf(number).size, 0);
  progress(loaded, false);
  for (let i = 0; i < missing.length; i += PARTS) {
    const { parts } = await options.call('files.parts', { file, numbers: missing.slice(i, i + PARTS) });
    for (const { number, url } of parts) {
      const from = loaded;
      const body = partOf(number);
      const watch = { signal, progress: (out: number) => progress(from + out, false) };
      const reply = await options.wire.send({ method: 'PUT', url: options.at(url), body }, watch);
      if (!isFine(reply))
        throw reply.status === 403 ? new UploadMoved('an address has lapsed') : refusal(reply);
      loaded += body.size;
      progress(loaded, true);
    }
  }
}
