import type { StoredFile } from '@inlay-im/protocol';
import { InlayError, LIMITS, type WireError } from '@inlay-im/protocol/rules';
import type { Clock } from '../clock.ts';
import type { Call } from '../connection/link.ts';
import { type WithFiles, waitsForFiles } from '../outbox/outbox.ts';
import { ConnectionLost, isCode, mayRetry, retryAfter, SignedOut } from '../requests/errors.ts';
import { type BringOptions, bring } from './bring.ts';
import { type OutboxFile, type Progress, withPosters } from './file.ts';
import { type Effect, type Event, next, type State } from './machine.ts';
import { type Job, Queue } from './queue.ts';

/** Headway is told at most once in so many milliseconds for each file. */
const TELLING = 100;

export interface UploaderOptions extends BringOptions {
  readonly call: Call;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether this client is the one that uploads. */
  leads(): boolean;
  /** Whether it has a session. */
  up(): boolean;
  /** All messages that wait, in their order. */
  entries(): readonly WithFiles[];
  bytes(file: string): Promise<Blob | undefined>;
  tell(message: string, file: string, at: Progress): void;
  /** All files of a message are with the node. */
  whole(message: string, stored: readonly StoredFile[]): void;
  /** One will never be. */
  failed(message: string, error: WireError): void;
}

const LABELS = {
  waiting: 'waiting',
  resting: 'waiting',
  creating: 'uploading',
  bringing: 'uploading',
  finishing: 'uploading',
  paused: 'paused',
  missing: 'missing',
  failed: 'failed',
  whole: 'done',
} as const satisfies Record<State['name'], Progress['state']>;

function progressOf({ state, file }: Job): Progress {
  const loaded = state.name === 'whole' ? file.size : state.name === 'missing' ? 0 : state.loaded;
  const error = state.name === 'failed' ? state.error : null;
  return { state: LABELS[state.name], loaded: Math.min(loaded, file.size), error };
}

/** What `files.create` gets. */
const declared = ({ type: _, modified: __, caption: ___, poster, ...file }: OutboxFile) => ({
  ...file,
  name: file.name.trim().slice(-LIMITS.fileName) || file.kind,
  ...(poster ? { poster: poster.file } : {}),
});

/** Bytes that cannot be read: a file that was changed or deleted after it was chosen. */
const isGone = (blob: Blob): Promise<boolean> =>
  blob
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => false,
      () => true,
    );

const toInlay = (error: unknown): InlayError =>
  error instanceof InlayError ? error : new InlayError('internal', String(error));

/**
 * What the node may answer otherwise next time. Once an upload was created, that the node does not know it or stands
 * elsewhere in it means that it is to be begun again.
 */
function isWorthRepeating(error: unknown, step: Effect['do']): boolean {
  if (mayRetry(error) || error instanceof SignedOut) return true;
  if (isCode(error, 'unauthenticated') || isCode(error, 'token_expired')) return true;
  return step !== 'create' && (isCode(error, 'not_found') || isCode(error, 'conflict'));
}

interface Run {
  readonly abort: AbortController;
  cancelTimer(): void;
  toldAt: number;
}

/** Runs the machine of each file: requests, timers and bytes are here, decisions are there. */
export class Uploader {
  readonly #options: UploaderOptions;
  readonly #queue = new Queue();
  readonly #runs = new Map<string, Run>();
  /** Messages of which all was told. */
  readonly #told = new WeakSet<WithFiles>();

  constructor(options: UploaderOptions) {
    this.#options = options;
  }

  /** Goes on with what may be brought now. To be called whenever a message changed. */
  pump(): void {
    if (!this.#options.leads()) return;
    const entries = this.#options.entries().filter(waitsForFiles);
    const files = entries.flatMap((entry) =>
      withPosters(entry.files ?? []).map((file) => ({ message: entry.id, file })),
    );
    for (const job of this.#queue.set(files)) this.#stop(job);
    for (const entry of entries) {
      for (const job of this.#queue.of(entry.id)) this.#on(job, { type: entry.paused ? 'pause' : 'resume' });
      this.#settle(entry);
    }
    if (!this.#options.up()) return;
    for (const job of this.#queue.due()) this.#on(job, { type: 'begin' });
  }

  /** A session opened: what waits for a better time need not wait any longer. */
  up(): void {
    this.#all({ type: 'up' });
    this.pump();
  }

  /** Another tab leads, or the client stops. */
  halt(): void {
    this.#all({ type: 'halt' });
  }

  /** The bytes of a file are there that were missing. */
  given(file: string): void {
    const job = this.#queue.get(file);
    if (job) this.#on(job, { type: 'given' });
    this.pump();
  }

  /** Begins all files of a message again; of what the node has nothing is brought. */
  again(message: string): void {
    for (const job of this.#queue.of(message)) {
      this.#stop(job);
      this.#queue.forget(job);
    }
    this.pump();
  }

  #all(event: Event): void {
    for (const job of this.#queue.all()) this.#on(job, event);
  }

  #settle(entry: WithFiles): void {
    const states = this.#queue.of(entry.id).map(({ state }) => state);
    const stored = states.flatMap((state) => (state.name === 'whole' ? [state.stored] : []));
    if (stored.length < states.length || entry.error || this.#told.has(entry)) return;
    this.#told.add(entry);
    this.#options.whole(entry.id, stored);
  }

  #on(job: Job, event: Event): void {
    const before = job.state;
    const { state, effects } = next(before, event, this.#options.random);
    if (state === before) return;
    job.state = state;
    for (const effect of effects) this.#run(job, effect);
    this.#tell(job, before);
    if (before.name === state.name) return;
    if (state.name === 'failed') this.#options.failed(job.message, state.error);
    // What ended makes room, and what is whole lets its message go.
    queueMicrotask(() => this.pump());
  }

  #tell(job: Job, before: State): void {
    const run = this.#runs.get(job.file.file);
    const now = this.#options.clock.now();
    const soon = run !== undefined && now - run.toldAt < TELLING;
    if (before.name === job.state.name && soon) return;
    if (run) run.toldAt = now;
    this.#options.tell(job.message, job.file.file, progressOf(job));
  }

  #run(job: Job, effect: Effect): void {
    const { file } = job.file;
    switch (effect.do) {
      case 'abort':
      case 'cancelTimer':
        return this.#stop(job);
      case 'timer': {
        const run = this.#begin(file);
        run.cancelTimer = this.#options.clock.after(effect.after, () => this.#on(job, { type: 'timer' }));
        return;
      }
      default:
        void this.#step(job, effect, this.#begin(file).abort.signal);
    }
  }

  #begin(file: string): Run {
    const run = { abort: new AbortController(), cancelTimer: () => {}, toldAt: Number.NEGATIVE_INFINITY };
    this.#runs.set(file, run);
    return run;
  }

  #stop({ file: { file } }: Job): void {
    const run = this.#runs.get(file);
    this.#runs.delete(file);
    run?.cancelTimer();
    run?.abort.abort();
  }

  /** Takes one step; an answer to one that was given up is of no interest. */
  async #step(job: Job, effect: Effect, signal: AbortSignal): Promise<void> {
    const on = (event: Event) => signal.aborted || this.#on(job, event);
    try {
      const blob = await this.#options.bytes(job.file.file);
      if (blob === undefined) return void on({ type: 'lost' });
      try {
        on(await this.#take(job, effect, { blob, signal }));
      } catch (error) {
        if (error instanceof ConnectionLost && (await isGone(blob))) on({ type: 'lost' });
        else throw error;
      }
    } catch (error) {
      const after = retryAfter(error, 0);
      const wire = toInlay(error).toWire();
      const repeat = isWorthRepeating(error, effect.do);
      on({ type: 'failed', error: wire, repeat, ...(after > 0 ? { after } : {}) });
    }
  }

  async #take(
    job: Job,
    effect: Effect,
    { blob, signal }: { blob: Blob; signal: AbortSignal },
  ): Promise<Event> {
    const { call } = this.#options;
    const { file } = job.file;
    switch (effect.do) {
      case 'create': {
        if (blob.size > LIMITS.fileBytes)
          throw new InlayError('too_large', `${blob.size} bytes are too many`);
        const { upload, stored } = await call('files.create', declared(job.file));
        if (stored !== null) return { type: 'stored', stored };
        if (upload === null) throw new InlayError('internal', 'the node neither has the file nor takes it');
        return { type: 'created', upload };
      }
      case 'bring': {
        const progress = (loaded: number, kept: boolean) => {
          if (!signal.aborted) this.#on(job, { type: 'progress', loaded, kept });
        };
        await bring(this.#options, { ...effect.upload, file }, blob, { signal, progress });
        return { type: 'brought' };
      }
      default:
        return { type: 'stored', stored: (await call('files.finish', { file })).stored };
    }
  }
}
