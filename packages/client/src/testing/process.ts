import type { ClientOptions } from '../options.ts';
import type { Storage } from '../storage/storage.ts';
import type { ManualClock } from './clock.ts';
import type { StandInNode } from './node.ts';

const never = <T>(): Promise<T> => new Promise(() => {});

/** What a client runs in, and can be killed in the middle of anything: it then neither sends, hears nor writes. */
export function processOf(node: StandInNode, clock: ManualClock, storage: Storage) {
  let alive = true;
  const sockets = new Set<object>();
  const whileAlive = <A extends unknown[], T>(run: (...args: A) => Promise<T>) => {
    return (...args: A): Promise<T> =>
      alive ? run(...args).then((it) => (alive ? it : never<T>())) : never<T>();
  };
  const Socket = node.WebSocket;
  const options: Partial<ClientOptions> = {
    fetch: whileAlive(node.fetch),
    clock: {
      now: () => clock.now(),
      after: (ms, run) => clock.after(ms, () => alive && run()),
    },
    storage: {
      get: whileAlive(storage.get),
      all: whileAlive(storage.all),
      transaction: whileAlive(storage.transaction),
    },
    WebSocket: class extends (Socket as new (url: string) => object) {
      constructor(url: string) {
        super(url);
        sockets.add(this);
        if (!alive) node.sockets.delete(this as never);
      }
    } as never,
  };
  const kill = () => {
    alive = false;
    for (const socket of sockets) node.sockets.delete(socket as never);
  };
  return { options, kill };
}
