import type { FileKind, Message, Output, StoredFile } from '@inlay-im/protocol';
import { type ErrorCode, InlayError } from '@inlay-im/protocol/rules';
import type { SendableBody } from '../outbox/outbox.ts';

type Body = NonNullable<Message['body']>;

interface Declared {
  readonly file: string;
  readonly kind: FileKind;
  readonly name: string;
  readonly size: number;
  readonly duration?: number;
  readonly poster?: string;
}

interface NodeFile extends Declared {
  readonly owner: string;
  bytes: Uint8Array;
  readonly parts: Map<number, Uint8Array>;
  stored: StoredFile | undefined;
}

/** What happens to a request that carries bytes, or asks how far they are. */
export type ByteFault = 'lost' | 'noAnswer' | 'half' | ErrorCode | number | undefined;

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
};

const storedOf = ({ file, kind, name, size, duration, poster }: NodeFile): StoredFile => ({
  file,
  kind,
  name,
  type: kind === 'image' ? 'image/webp' : 'application/octet-stream',
  size,
  width: kind === 'image' ? 4 : null,
  height: kind === 'image' ? 3 : null,
  duration: duration ?? null,
  thumbhash: null,
  waveform: null,
  animated: false,
  poster: poster ?? null,
});

/** The files of a node, brought by tus or in parts, with faults on demand. */
export class NodeFiles {
  readonly all = new Map<string, NodeFile>();
  /** Every request that carried bytes: of which file, from where, and how many. */
  readonly brought: { file: string; from: number; bytes: number }[] = [];
  readonly cancelled: string[] = [];
  by: 'tus' | 'parts' = 'tus';
  partSize = 1024 ** 2;
  /** The access tokens that have run out. */
  readonly lapsed = new Set<string>();
  fault: (method: string, file: string) => ByteFault = () => undefined;
  /** What the node finds in the bytes. */
  verdict: (file: string) => ErrorCode | undefined = () => undefined;
  /** Holds requests with bytes until it is kept. */
  gate: Promise<void> = Promise.resolve();
  /** When an address ends, by the node's clock. */
  expiresAt = 1_700_003_600_000;
  /** At most so many uploads were going on at the same time. */
  most = 0;
  #going = 0;
  /** What a message has. */
  readonly #carried = new Set<string>();

  run(op: string, user: string, input: Declared & { files: string[]; numbers: number[] }): unknown {
    switch (op) {
      case 'files.create':
        return this.#create(user, input);
      case 'files.parts':
        return {
          parts: input.numbers.map((number) => ({ number, url: `/parts/${input.file}/${number}` })),
          expiresAt: this.expiresAt,
        };
      case 'files.finish':
        return { stored: this.#finish(input.file) };
      case 'files.cancel':
        this.cancelled.push(input.file);
        if (!this.#carried.has(input.file)) this.all.delete(input.file);
        return {};
      case 'files.urls':
        return { addresses: this.#addresses(input.files) };
      default:
        throw new InlayError('unknown_operation', op);
    }
  }

  /** HEAD and PATCH of tus, PUT of a part. */
  async bring(url: string, init: RequestInit): Promise<Response> {
    const [, , , way, id = '', number] = url.split('/');
    const fault = this.fault(String(init.method), id);
    if (fault === 'lost') throw new TypeError('fetch failed');
    if (init.method !== 'HEAD') await this.#wait(init.signal ?? undefined);
    const headers = new Headers(init.headers);
    const token = headers.get('authorization')?.slice(7);
    if (way === 'tus' && (token === undefined || this.lapsed.has(token)))
      return refused('token_expired', 401);
    if (typeof fault === 'number') return new Response('', { status: fault });
    if (fault !== undefined && fault !== 'noAnswer' && fault !== 'half') return refused(fault, 400);
    const file = this.all.get(id);
    if (file === undefined) return new Response('', { status: 404 });
    if (init.method !== 'HEAD') await this.#keep(file, init, { headers, number, half: fault === 'half' });
    if (fault !== undefined) throw new TypeError('fetch failed');
    return new Response(null, {
      status: init.method === 'HEAD' ? 200 : 204,
      headers: { 'upload-offset': String(file.bytes.length) },
    });
  }

  /** A body as the node keeps it. */
  bodyOf(body: SendableBody): Body {
    if (body.kind === 'sticker') throw new InlayError('not_found', 'no pack is published here');
    if (body.kind !== 'media') return body;
    const items = body.items.map(({ file, caption = null }, i) => {
      const stored = this.all.get(file)?.stored;
      if (stored === undefined)
        throw new InlayError('not_found', 'no such file', { field: `body.items.${i}.file` });
      this.#carried.add(file);
      return { ...stored, caption };
    });
    return { kind: 'media', items, text: body.text ?? null };
  }

  async #wait(signal: AbortSignal | undefined): Promise<void> {
    this.#going += 1;
    this.most = Math.max(this.most, this.#going);
    const aborted = new Promise<void>((_, reject) => {
      signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
    });
    try {
      await Promise.race([this.gate, aborted]);
    } finally {
      this.#going -= 1;
    }
  }

  async #keep(
    file: NodeFile,
    init: RequestInit,
    { headers, number, half }: { headers: Headers; number: string | undefined; half: boolean },
  ): Promise<void> {
    const all = new Uint8Array(await (init.body as Blob).arrayBuffer());
    const bytes = half ? all.slice(0, all.length >> 1) : all;
    const from = Number(headers.get('upload-offset') ?? 0);
    this.brought.push({
      file: file.file,
      from: number ? (Number(number) - 1) * this.partSize : from,
      bytes: bytes.length,
    });
    if (number !== undefined) {
      if (!half) file.parts.set(Number(number), bytes);
      return;
    }
    if (from !== file.bytes.length) throw new Error('a client sent bytes from where the node does not stand');
    file.bytes = joined([file.bytes, bytes]);
  }

  #create(user: string, declared: Declared): Output<'files.create'> {
    const held = this.all.get(declared.file);
    if (held && (held.owner !== user || held.size !== declared.size))
      throw new InlayError('conflict', 'another file');
    const poster = declared.poster;
    if (poster !== undefined && !this.all.get(poster)?.stored)
      throw new InlayError('not_found', 'no such poster');
    const file = held ?? {
      ...declared,
      owner: user,
      bytes: new Uint8Array(),
      parts: new Map(),
      stored: undefined,
    };
    this.all.set(file.file, file);
    if (file.stored) return { upload: null, stored: file.stored };
    if (this.by === 'tus') return { upload: { by: 'tus', url: `/tus/${file.file}` }, stored: null };
    return { upload: { by: 'parts', partSize: this.partSize, have: [...file.parts.keys()] }, stored: null };
  }

  #finish(id: string): StoredFile {
    const file = this.all.get(id);
    if (file === undefined) throw new InlayError('not_found', 'no such file');
    if (file.parts.size > 0)
      file.bytes = joined([...file.parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes));
    if (file.bytes.length !== file.size) throw new InlayError('conflict', 'not all bytes are there');
    const verdict = this.verdict(id);
    if (verdict !== undefined) throw new InlayError(verdict, `asked to find ${verdict}`);
    file.stored = storedOf(file);
    return file.stored;
  }

  #addresses(files: readonly string[]): Output<'files.urls'>['addresses'] {
    return files
      .filter((file) => this.all.get(file)?.stored)
      .map((file) => ({
        file,
        url: `/media/1/${file}?e=${this.expiresAt}`,
        steps: [{ width: 320, url: `/media/1/${file}/320?e=${this.expiresAt}` }],
        expiresAt: this.expiresAt,
      }));
  }
}

const refused = (code: ErrorCode, status: number): Response =>
  Response.json({ error: new InlayError(code, `asked to fail with ${code}`).toWire() }, { status });
