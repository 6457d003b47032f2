import type { Client } from '@inlay-im/client';
import { useEffect, useMemo } from 'react';
import { useInlay } from '../context.ts';
import type { SettingsStore } from '../settings.ts';
import { isLookedAt, isLooking, lookingAt, take } from './attention.ts';
import { watchIncoming } from './incoming.ts';

/** Sounds are at least this far apart, in milliseconds. */
export const PAUSE = 2000;

/** Tones of one sound: how high (hertz), when and how long (seconds), how loud (0 to 1). */
type Tone = readonly [pitch: number, at: number, length: number, loud: number];

const SOUNDS = {
  incoming: [
    [659.3, 0, 0.35, 0.09],
    [987.8, 0.09, 0.5, 0.07],
  ],
  sent: [[523.3, 0, 0.12, 0.025]],
} as const satisfies Record<string, readonly Tone[]>;
type Sound = keyof typeof SOUNDS;

/** Whether the next sound comes long enough after the last one. */
export const mayRing = (last: number | undefined, now: number): boolean =>
  last === undefined || now - last >= PAUSE;

/** A soft sine that swells at once and dies away, so that it begins and ends without a click. */
function play(context: AudioContext, [pitch, at, length, loud]: Tone): void {
  const start = context.currentTime + at;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(loud, start + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + length);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + length);
}

/** Plays the page's sounds; never before the person has done something on it, and never too many. */
class Player {
  readonly #settings: SettingsStore;
  #context: AudioContext | undefined;
  #last: number | undefined;

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  play(sound: Sound): void {
    // Browsers refuse sound before that, and Safari leaves a context that was made before it without a voice.
    if (!this.#settings.get().sounds || navigator.userActivation?.hasBeenActive !== true) return;
    const now = performance.now();
    if (typeof AudioContext === 'undefined' || !mayRing(this.#last, now)) return;
    this.#last = now;
    this.#context ??= new AudioContext();
    const context = this.#context;
    const voice = () => {
      for (const tone of SOUNDS[sound]) play(context, tone);
    };
    context.resume().then(voice, () => {});
  }

  end(): void {
    this.#context?.close().catch(() => {});
    this.#context = undefined;
  }
}

async function ring(client: Client, player: Player, message: string): Promise<void> {
  const me = client.me.get()?.id ?? '';
  if (isLookedAt() || (await isLooking(lookingAt(me)))) return;
  if (await take(`sound:${me}:${message}`)) player.play('incoming');
}

/** Calls `sent` when a message of mine is on its way in a conversation that is open. */
function watchSent(client: Client, id: string, sent: () => void): () => void {
  const { timeline } = client.conversation(id);
  let last = timeline.get().keys.at(-1);
  return timeline.subscribe(() => {
    const key = timeline.get().keys.at(-1);
    if (key === last) return;
    last = key;
    if (key !== undefined && timeline.message(key).get()?.state === 'sending') sent();
  });
}

/** A sound for a message that comes while nobody looks at the page, and a quieter one for sending. */
export function useSounds(on: boolean, conversation: string | undefined): void {
  const { client, settings } = useInlay();
  const player = useMemo(() => new Player(settings), [settings]);
  useEffect(() => () => player.end(), [player]);
  useEffect(() => {
    if (!on) return;
    return watchIncoming(client, ({ message }) => void ring(client, player, message.id).catch(() => {}));
  }, [client, player, on]);
  useEffect(() => {
    if (!on || conversation === undefined) return;
    return watchSent(client, conversation, () => player.play('sent'));
  }, [client, player, on, conversation]);
}
