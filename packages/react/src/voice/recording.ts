import { Cell, type NewFile } from '@inlay-im/client';
import { levelOf, STEP, waveformOf, withLevel } from './levels.ts';

/** The longest voice message, in milliseconds. */
export const LONGEST = 60 * 60_000;
/** Shorter ones are presses by mistake, in milliseconds. */
const SHORTEST = 500;
/** Bits of sound in a second: speech is clear in Opus with this, and an hour of it has 14 MB. */
const BITS = 32_000;
/** The bytes are handed over once in so many milliseconds, so that a recorder that fails loses little. */
const SLICE = 1000;
/** What is recorded, best first: Opus wherever there is any. */
const TYPES = [
  'audio/webm;codecs=opus',
  'audio/ogg;codecs=opus',
  'audio/mp4;codecs=opus',
  'audio/mp4',
  'audio/webm',
];
const ENDINGS: Readonly<Record<string, string>> = {
  'audio/webm': 'webm',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
};

/**
 * `asking` for the microphone; `recording`; `paused`, and may go on; `ended`, as the person left, the device is gone,
 * or it is as long as may be: it can be heard, sent and discarded.
 */
export interface RecordingView {
  readonly state: 'asking' | 'recording' | 'paused' | 'ended';
  /** Milliseconds that are recorded. */
  readonly ms: number;
  /** One for each step of time, from 0 to 255. */
  readonly levels: readonly number[];
  /** Whether a finger holds it, so that it ends when that is lifted. */
  readonly held: boolean;
}

/** The microphone, and what listens to it. */
interface Sound {
  readonly recorder: MediaRecorder;
  level(): number;
  close(): void;
}

async function microphone(): Promise<MediaStream> {
  // Absent on pages that are not encrypted.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined || typeof MediaRecorder === 'undefined')
    throw new DOMException('nothing can be recorded here', 'NotSupportedError');
  return await devices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
}

function listen(stream: MediaStream): Sound {
  const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: BITS,
    ...(type === undefined ? {} : { mimeType: type }),
  });
  const context = new AudioContext();
  // It begins asleep where the press that began it is some time ago.
  void context.resume();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    recorder,
    level: () => {
      analyser.getFloatTimeDomainData(samples);
      return levelOf(samples);
    },
    close: () => {
      for (const track of stream.getTracks()) track.stop();
      void context.close();
    },
  };
}

/** A page that is left would lose what was not sent. */
const keepPage = (event: BeforeUnloadEvent): void => event.preventDefault();

/** One voice message while it is recorded. */
export class Recording {
  readonly conversation: string;
  readonly view: Cell<RecordingView>;
  #sound: Sound | undefined;
  #chunks: Blob[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;
  /** What was recorded before `#since`, when it began or went on. */
  #before = 0;
  #since = 0;
  #gone = false;

  constructor(conversation: string, held: boolean) {
    this.conversation = conversation;
    this.view = new Cell<RecordingView>({ state: 'asking', ms: 0, levels: [], held });
  }

  /** Asks for the microphone and begins. Fails where there is none to be had; gives whether it is still wanted then. */
  async start(): Promise<boolean> {
    const stream = await microphone();
    if (this.#gone) {
      for (const track of stream.getTracks()) track.stop();
      return false;
    }
    const sound = listen(stream);
    this.#sound = sound;
    sound.recorder.addEventListener('dataavailable', ({ data }) => {
      if (data.size > 0) this.#chunks.push(data);
    });
    // The device was taken away.
    sound.recorder.addEventListener('stop', () => this.end());
    sound.recorder.start(SLICE);
    addEventListener('beforeunload', keepPage);
    this.#run();
    return true;
  }

  /** Whether there is enough of it to be sent. */
  get sendable(): boolean {
    const { state, ms } = this.view.get();
    return state !== 'asking' && ms >= SHORTEST;
  }

  /** The finger lets go, and it goes on. */
  readonly lock = (): void => this.#set({ held: false });

  readonly pause = (): void => {
    if (this.view.get().state !== 'recording') return;
    this.#halt();
    this.#sound?.recorder.pause();
    this.#set({ state: 'paused' });
  };

  readonly resume = (): void => {
    if (this.view.get().state !== 'paused') return;
    this.#sound?.recorder.resume();
    this.#run();
  };

  /** Records no more and lets go of the microphone; what there is stays. */
  readonly end = (): void => {
    if (this.view.get().state === 'ended') return;
    this.#halt();
    this.#release();
    this.#set({ state: 'ended', held: false });
  };

  readonly discard = (): void => {
    this.#gone = true;
    this.end();
    this.#chunks = [];
    removeEventListener('beforeunload', keepPage);
  };

  /** What is recorded so far, to be listened to. */
  async sound(): Promise<Blob> {
    const recorder = this.#sound?.recorder;
    if (recorder !== undefined && recorder.state !== 'inactive') {
      const told = new Promise((resolve) =>
        recorder.addEventListener('dataavailable', resolve, { once: true }),
      );
      recorder.requestData();
      await told;
    }
    return this.#blob();
  }

  /** The voice message, which ends here. */
  async finish(): Promise<NewFile> {
    const recorder = this.#sound?.recorder;
    if (recorder !== undefined && recorder.state !== 'inactive') {
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
      recorder.stop();
      await stopped;
    }
    this.end();
    removeEventListener('beforeunload', keepPage);
    const { ms, levels } = this.view.get();
    const blob = this.#blob();
    const waveform = waveformOf(levels);
    return {
      blob,
      kind: 'voice',
      name: `voice.${ENDINGS[blob.type] ?? 'bin'}`,
      duration: Math.round(ms),
      ...(waveform === '' ? {} : { waveform }),
    };
  }

  #blob(): Blob {
    const type = (this.#sound?.recorder.mimeType ?? '').replace(/\s*;.*$/, '');
    return new Blob(this.#chunks, { type });
  }

  #set(change: Partial<RecordingView>): void {
    this.view.set({ ...this.view.get(), ...change });
  }

  #now(): number {
    return this.#before + performance.now() - this.#since;
  }

  #run(): void {
    this.#since = performance.now();
    this.#set({ state: 'recording' });
    this.#timer = setInterval(() => this.#tick(), STEP);
  }

  #tick(): void {
    const ms = this.#now();
    const { levels } = this.view.get();
    this.#set({ ms, levels: withLevel(levels, this.#sound?.level() ?? 0, ms) });
    if (ms >= LONGEST) this.end();
  }

  #halt(): void {
    if (this.view.get().state !== 'recording') return;
    clearInterval(this.#timer);
    this.#before = this.#now();
    this.#set({ ms: this.#before });
  }

  #release(): void {
    const sound = this.#sound;
    if (sound === undefined) return;
    if (sound.recorder.state !== 'inactive') sound.recorder.stop();
    sound.close();
  }
}
