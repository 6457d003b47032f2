import { Cell, type Client } from '@inlay-im/client';
import { addressOf } from './address-of.ts';
import { nextVoice, type Track } from './tracks.ts';

const RATES = [1, 1.5, 2] as const;

/** What is played, and how far it is, in milliseconds. */
export interface Playing {
  readonly track: Track | undefined;
  readonly state: 'loading' | 'playing' | 'paused' | 'failed';
  readonly at: number;
  readonly rate: number;
}

const NOTHING: Playing = { track: undefined, state: 'paused', at: 0, rate: 1 };

/** As much of an audio element as is needed. */
export type Sound = Pick<
  HTMLAudioElement,
  'src' | 'currentTime' | 'playbackRate' | 'play' | 'pause' | 'load' | 'addEventListener' | 'removeAttribute'
>;

/**
 * Plays voice messages, one at a time, and one after the other; it plays on while the person looks elsewhere. Videos
 * take their turn with it: whatever begins to play lets the others pause.
 */
export class Player {
  readonly playing = new Cell<Playing>(NOTHING);
  readonly #client: Client;
  readonly #make: () => Sound;
  #sound: Sound | undefined;
  /** Where it is to begin, in milliseconds, once the sound knows its length. */
  #from = 0;
  #renewed = false;
  /** Pauses what else plays. */
  #other: (() => void) | undefined;

  constructor(client: Client, make: () => Sound = () => new Audio()) {
    this.#client = client;
    this.#make = make;
  }

  /** Plays one, or goes on with it. */
  readonly play = (track: Track, from?: number): void => {
    const held = this.playing.get();
    this.#other?.();
    this.#other = undefined;
    if (held.track?.file === track.file && held.state !== 'failed') {
      if (from !== undefined) this.seek(from);
      return this.#go();
    }
    this.#renewed = false;
    this.#begin(track, from ?? 0);
  };

  readonly pause = (): void => this.#sound?.pause();

  readonly seek = (at: number): void => {
    this.#set({ at });
    if (this.#sound && this.playing.get().state !== 'loading') this.#sound.currentTime = at / 1000;
    else this.#from = at;
  };

  /** The next of the speeds. */
  readonly faster = (): void => {
    const { rate } = this.playing.get();
    const next = RATES[(RATES.indexOf(rate as (typeof RATES)[number]) + 1) % RATES.length] ?? 1;
    this.#set({ rate: next });
    if (this.#sound) this.#sound.playbackRate = next;
  };

  /** Something else begins to play, and can be paused by this. */
  readonly giveWay = (pause: () => void): void => {
    this.pause();
    if (this.#other !== pause) this.#other?.();
    this.#other = pause;
  };

  #set(change: Partial<Playing>): void {
    this.playing.set({ ...this.playing.get(), ...change });
  }

  #go(): void {
    const { track } = this.playing.get();
    this.#sound?.play().then(
      () => {
        if (track === this.playing.get().track) this.#marked(track);
      },
      // Another one was begun meanwhile, or it was paused; what is broken tells so by its own event.
      () => {},
    );
  }

  #begin(track: Track, from: number, stale?: string): void {
    this.#sound ??= this.#listen(this.#make());
    this.#sound.pause();
    this.#from = from;
    this.#set({ track, state: 'loading', at: from });
    addressOf(this.#client, { ...track, stale }, (url) => {
      if (this.playing.get().track !== track || this.#sound === undefined) return;
      if (url === undefined) return this.#set({ state: 'failed' });
      this.#sound.src = url;
      this.#sound.playbackRate = this.playing.get().rate;
      this.#go();
    });
  }

  #listen(sound: Sound): Sound {
    sound.addEventListener('loadedmetadata', () => {
      sound.playbackRate = this.playing.get().rate;
      if (this.#from > 0) sound.currentTime = this.#from / 1000;
    });
    sound.addEventListener('playing', () => this.#set({ state: 'playing' }));
    sound.addEventListener('pause', () => {
      if (this.playing.get().state === 'playing') this.#set({ state: 'paused' });
    });
    sound.addEventListener('timeupdate', () => {
      if (this.playing.get().state !== 'loading') this.#set({ at: sound.currentTime * 1000 });
    });
    sound.addEventListener('ended', () => this.#ended());
    sound.addEventListener('error', () => this.#broken());
    return sound;
  }

  #ended(): void {
    const { track } = this.playing.get();
    const next = track && nextVoice(this.#client, track);
    this.#set({ state: 'paused', at: 0 });
    if (next) this.play(next);
    else this.#set({ track: undefined });
  }

  /** An address that ended is had anew, once. */
  #broken(): void {
    const { track, at } = this.playing.get();
    if (track === undefined) return;
    if (this.#renewed) return this.#set({ state: 'failed' });
    this.#renewed = true;
    this.#client.files.renew(track.conversation, track.file);
    this.#begin(track, at, this.#sound?.src);
  }

  #marked(track: Track | undefined): void {
    if (track?.fresh)
      this.#client
        .conversation(track.conversation)
        .played(track.n)
        .catch(() => {});
  }
}

const players = new WeakMap<Client, Player>();

/** The player of a client: there is one, so that only one plays at a time. */
export function playerOf(client: Client): Player {
  const held = players.get(client);
  if (held) return held;
  const made = new Player(client);
  players.set(client, made);
  return made;
}
