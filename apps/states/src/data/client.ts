import { type Client, createClient, type Environment, memoryStorage, type Store } from '@inlay-im/client';
import { Peer } from './peer.ts';
import { PEOPLE } from './people.ts';
import { StillClock } from './still-clock.ts';
import type { Link, Scene, World } from './world.ts';

/** A device that is always looked at, and whose network is switched. */
class Device implements Environment {
  readonly #listeners = new Set<() => void>();
  #online = true;
  readonly online = () => this.#online;
  readonly visible = () => true;

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  network(on: boolean): void {
    this.#online = on;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Waits until a store's value is as wanted. */
function until<T>(store: Store<T>, wanted: (value: T) => boolean): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      if (!wanted(store.get())) return;
      stop();
      done();
    };
    const stop = store.subscribe(look);
    look();
  });
}

const STATES = {
  online: 'online',
  offline: 'offline',
  connecting: 'connecting',
  waiting: 'waiting',
  syncing: 'syncing',
  stopped: 'offline',
} as const satisfies Record<Link, string>;

/** Everything that is shown was loaded before, as it was for whoever then loses the connection. */
async function load(client: Client, scenes: readonly Scene[]): Promise<void> {
  const names = PEOPLE.map(({ id }) => until(client.users.get(id), (user) => user !== undefined));
  const timelines = scenes
    .filter(({ loaded }) => loaded)
    .map(({ conversation }) => client.conversation(conversation.id).timeline.load());
  const watched = scenes
    .filter(({ conversation }) => conversation.self === null)
    .map(({ conversation }) => client.call('conversations.watch', { conversation: conversation.id }));
  await Promise.all([...names, ...timelines, ...watched]);
}

/** Brings the connection to where it is to be seen: it breaks, and comes back as far as it does. */
async function bring(client: Client, { peer, device, link }: { peer: Peer; device: Device; link: Link }) {
  peer.link = link;
  if (link === 'online') return;
  device.network(false);
  if (link !== 'offline') device.network(true);
  await until(
    client.connection,
    ({ state, error }) => state === STATES[link] && (link !== 'stopped' || error !== undefined),
  );
}

/** Writes what the node does not have: refused at once, or on its way for good. */
async function write(client: Client, { conversation, waiting }: Scene): Promise<void> {
  for (const { body, replyTo, error } of waiting) {
    const { sent } = client.conversation(conversation.id).send(body, { replyTo });
    if (error !== undefined) await sent.catch(() => {});
  }
}

/** Sends files, each as far as it is to be. */
async function upload(client: Client, { conversation, uploading }: Scene): Promise<void> {
  const handle = client.conversation(conversation.id);
  for (const { files, state } of uploading) {
    const { id, sent } = handle.sendFiles(files);
    sent.catch(() => {});
    const reached = (wanted: typeof state) =>
      until(
        handle.timeline.message(id),
        (row) => row?.uploads?.every((one) => one.state === wanted) === true,
      );
    if (state === 'paused') {
      await reached('uploading');
      handle.pauseUpload(id);
    }
    await reached(state);
  }
}

/**
 * A real client, connected to a node within this page that says what the world says. When it is given out it stands
 * as the world wants it, and stays so.
 */
export async function clientOf(world: World): Promise<Client> {
  const { me, scenes, link } = world;
  const [peer, device, clock] = [new Peer(world), new Device(), new StillClock()];
  const client = createClient({
    // From here come the images that the app publishes.
    url: location.origin,
    storage: memoryStorage(),
    environment: device,
    WebSocket: peer.WebSocket,
    fetch: peer.fetch,
    clock,
  });
  if (me === undefined) {
    await client.connect();
    return client;
  }
  await client.signIn({ token: me.id });
  await until(client.connection, ({ state }) => state === 'online');
  await load(client, scenes);
  await bring(client, { peer, device, link });
  await Promise.all(scenes.map((scene) => write(client, scene)));
  await Promise.all(scenes.map((scene) => upload(client, scene)));
  clock.stop();
  for (const { conversation, typing } of scenes)
    for (const user of typing)
      peer.tell({ event: 'typing.changed', data: { conversation: conversation.id, user, typing: true } });
  return client;
}
