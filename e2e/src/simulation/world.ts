import { randomBytes } from 'node:crypto';
import { createApp, findApp, signHostToken, type TestNode } from 'inlay/testing';
import { SimClock } from './clock.ts';
import { Device } from './device.ts';
import { Dice } from './dice.ts';
import { Ledger } from './ledger.ts';

export interface WorldOptions {
  /** Nodes of one database; devices hop between them. One that is started again takes its place here. */
  readonly nodes: readonly TestNode[];
  readonly seed: number;
  /** Names the tenant, and all that is said in it. */
  readonly tag: string;
  readonly people: readonly string[];
  /** Devices of each person, at most. */
  readonly devices: number;
}

/** Real milliseconds without any sign of life after which a node has forgotten to answer. */
const PATIENCE = 20_000;
/** Turns of the event loop after which what waits for nothing but its turn has run. */
const TURNS = 4;

/** One tenant with its people, their devices and a time of its own. */
export class World {
  readonly options: WorldOptions;
  readonly dice: Dice;
  readonly clock = new SimClock(Date.now());
  readonly ledger: Ledger;
  readonly devices: Device[] = [];
  readonly app: string;
  #wake = () => {};

  private constructor(options: WorldOptions) {
    this.options = options;
    this.app = options.tag;
    this.dice = new Dice(options.seed);
    this.ledger = new Ledger(options.tag);
  }

  /** People have the same names in every tenant, so that whatever crossed over would be taken for their own. */
  static async open(options: WorldOptions): Promise<World> {
    const world = new World(options);
    await createApp(world.node.db, { id: options.tag, name: options.tag, at: new Date(), randomBytes });
    for (const user of options.people) {
      const count = 1 + world.dice.below(options.devices);
      for (let i = 0; i < count; i += 1) await world.device(user);
    }
    await world.quiet();
    return world;
  }

  /** A further device of someone, signed in afresh. */
  async device(user: string): Promise<Device> {
    const place = this.devices.length;
    const seed = this.options.seed * 1000 + place;
    const device = new Device({
      name: `${user}/${place}`,
      user,
      app: this.app,
      urls: this.options.nodes.map(({ url }) => url),
      clock: this.clock,
      random: new Dice(seed),
      dice: new Dice(seed + 500),
      page: 1,
      token: () => this.token(user),
      activity: () => this.#wake(),
      heard: (frame, request) => this.ledger.heard(user, frame, request),
    });
    this.devices.push(device);
    await device.start();
    return device;
  }

  /** The tenant as its node knows it. */
  async tenant() {
    const found = await findApp(this.node.db, this.app);
    if (!found) throw new Error(`no app ${this.app}`);
    return found;
  }

  async token(user: string): Promise<string> {
    return signHostToken((await this.tenant()).secret, user);
  }

  get node(): TestNode {
    return this.options.nodes[0] as TestNode;
  }

  get people(): readonly string[] {
    return this.options.people;
  }

  /** Waits until nothing is on its way that arrives by itself, events included. What is held back stays so. */
  async quiet(): Promise<void> {
    for (;;) {
      const before = this.#traffic;
      while (this.#busy) await this.#activity();
      await Promise.all(this.devices.map(({ line }) => line.socket?.barrier()));
      await this.turns(TURNS);
      if (before === this.#traffic && !this.#busy) return;
    }
  }

  /** Lets what is ready run. */
  async turns(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) await new Promise<void>((done) => setImmediate(done));
  }

  /** Moves the time of all devices, letting each timer have its whole effect. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    for (let before = this.#traffic; this.clock.step(end); before = this.#traffic) {
      await this.turns(1);
      if (before !== this.#traffic || this.#busy) await this.quiet();
    }
  }

  /** Makes everything right again and waits until nothing is left to be done. */
  async rest(): Promise<void> {
    for (const { line } of this.devices) line.calm();
    await this.quiet();
    for (let tries = 0; tries < 8; tries += 1) {
      await this.pass(40_000);
      const sent = await Promise.all(this.devices.map((device) => device.sent()));
      if (
        sent.every(Boolean) &&
        this.devices.every(({ client }) => client.connection.get().state === 'online')
      )
        return;
    }
    const states = this.devices.map(
      ({ name, client }) => `${name}: ${JSON.stringify(client.connection.get())}`,
    );
    throw new Error(`it does not come to rest: ${states.join(', ')}`);
  }

  /** Ends all devices. */
  close(): void {
    for (const device of this.devices) device.crash();
  }

  get #busy(): boolean {
    return this.devices.some(({ line }) => line.busy);
  }

  get #traffic(): number {
    return this.devices.reduce((sum, { line }) => sum + line.traffic, 0);
  }

  #activity(): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = this.devices.flatMap(({ name, line }) =>
        line.waiting.map((what) => `${name}: ${what}`),
      );
      const tooLong = setTimeout(
        () => reject(new Error(`no answer within ${PATIENCE} ms: ${waiting.join(', ')}`)),
        PATIENCE,
      );
      this.#wake = () => {
        clearTimeout(tooLong);
        resolve();
      };
    });
  }
}
