import { type Client, createClient } from '../client.ts';
// What a client loads when it is needed is there at once, so that a test need not wait for the disk.
import '../files/media.ts';
import type { Environment } from '../connection/environment.ts';
import type { ClientOptions } from '../options.ts';
import { ManualClock } from './clock.ts';
import { StandInNode } from './node.ts';

/** A device whose network and attention a test switches. */
export class Device implements Environment {
  readonly #listeners = new Set<() => void>();
  #online = true;
  #visible = true;
  online = () => this.#online;
  visible = () => this.#visible;

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  set(state: { online?: boolean; visible?: boolean }): void {
    this.#online = state.online ?? this.#online;
    this.#visible = state.visible ?? this.#visible;
    for (const listener of [...this.#listeners]) listener();
  }
}

export interface Scene {
  readonly node: StandInNode;
  readonly clock: ManualClock;
  readonly device: Device;
  client(options?: Partial<ClientOptions>): Client;
}

/** A node, a clock that stands still, and clients of both. */
export function scene(): Scene {
  const node = new StandInNode();
  const clock = new ManualClock();
  const device = new Device();
  const client = (options: Partial<ClientOptions> = {}) =>
    createClient({
      url: 'http://node.test',
      clock,
      random: () => 0.5,
      WebSocket: node.WebSocket,
      fetch: node.fetch,
      environment: device,
      ...options,
    });
  return { node, clock, device, client };
}
