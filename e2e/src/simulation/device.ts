import { type Client, type ConversationHandle, createClient, memoryStorage } from '@inlay-im/client';
import type { SimClock } from './clock.ts';
import type { Dice } from './dice.ts';
import { Line, type LineOptions } from './line.ts';
import { Witness } from './witness.ts';

export interface DeviceOptions extends LineOptions {
  readonly name: string;
  readonly user: string;
  readonly app: string;
  readonly clock: SimClock;
  /** For what the client leaves to chance. */
  readonly random: Dice;
  /** A host app's token. */
  token(): Promise<string>;
}

/** One device of a person: a client that may crash and start again from its storage. */
export class Device {
  readonly name: string;
  readonly user: string;
  readonly line: Line;
  client!: Client;
  witness = new Witness(memoryStorage());
  /** What conversations are looked at, and how to stop. */
  readonly shown = new Map<string, () => void>();
  readonly #options: DeviceOptions;
  #kill = () => {};

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.name = options.name;
    this.user = options.user;
    this.line = new Line(options);
  }

  /** Starts the client on what is stored. */
  async start(): Promise<void> {
    const { clock, app, name, random, token, urls } = this.#options;
    const process = clock.process();
    let alive = true;
    this.#kill = () => {
      alive = false;
      process.kill();
    };
    this.client = createClient({
      url: urls[0] as string,
      app,
      device: name,
      auth: () => this.line.during(token),
      storage: this.witness.process(() => alive),
      environment: this.line.environment,
      locks: null,
      channel: null,
      WebSocket: this.line.WebSocket,
      fetch: this.line.fetch,
      clock: process.clock,
      random: random.roll,
    });
    this.client.connection.subscribe(() => {
      // Whose sign-in ended, as a restored database may not know it, is signed in by the app once more.
      if (this.client.connection.get().state === 'signedOut') void this.client.connect();
    });
    await this.client.connect();
  }

  /** Ends without a word, losing what was not written. */
  crash(): void {
    this.#kill();
    this.line.release();
    this.line.abandon();
    this.shown.clear();
  }

  /** Another device, of the same person, in its place. */
  renew(): void {
    this.crash();
    this.witness = new Witness(memoryStorage());
    this.line.past = [];
  }

  conversation(id: string): ConversationHandle {
    return this.client.conversation(id);
  }

  /** Looks at a conversation: its messages and members load and are kept up to date. */
  show(id: string): void {
    if (this.shown.has(id)) return;
    const { timeline, members } = this.conversation(id);
    const stops = [timeline.subscribe(() => {}), members.subscribe(() => {})];
    this.shown.set(id, () => {
      for (const stop of stops) stop();
    });
  }

  /** Looks at the newest messages, which is where storage is brought up to date. */
  showEnd(id: string): void {
    this.show(id);
    this.conversation(id)
      .timeline.jumpTo()
      .catch(() => {});
  }

  hide(id: string): void {
    this.shown.get(id)?.();
    this.shown.delete(id);
  }

  /** The ids of the conversations that it knows. */
  get known(): string[] {
    const { items, archived } = this.client.conversations.get();
    return [...items, ...archived].map((c) => c.id);
  }

  /** Whether nothing of what was written here waits to be sent. */
  async sent(): Promise<boolean> {
    return (await this.witness.all('outbox')).every(
      (entry) => (entry as { error?: unknown }).error !== undefined,
    );
  }
}
