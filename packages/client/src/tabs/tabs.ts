import type { OperationName, Output } from '@inlay-im/protocol';
import type { Clock } from '../clock.ts';
import { PATIENCE } from '../connection/connection.ts';
import type { Call, ConnectionState, Link, LinkUser, Note } from '../connection/link.ts';
import { ConnectionLost, TimedOut } from '../requests/errors.ts';
import { Cell } from '../store.ts';
import { Follows } from './follows.ts';
import { errorFrom, failureOf, type TabMessage } from './messages.ts';
import type { Channel, Locks } from './ports.ts';

export interface TabsOptions {
  /** The same for all tabs that share a storage. */
  readonly name: string;
  /** This tab's own id. */
  readonly tab: string;
  readonly locks: Locks;
  readonly clock: Clock;
  channel(name: string): Channel;
  connect(user: LinkUser): Link;
}

interface Waiting {
  readonly op: OperationName;
  readonly input: unknown;
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

const LONE: ConnectionState = { state: 'offline', retryAt: null };

/**
 * Shares one connection among tabs. Whoever holds the lock leads: it has the connection, passes events on and
 * answers the requests of the others. When it goes, the browser gives the lock to the next one.
 */
export class TabsLink implements Link {
  readonly state = new Cell<ConnectionState>({ state: 'offline', retryAt: null });
  readonly #options: TabsOptions;
  readonly #user: LinkUser;
  readonly #waiting = new Map<number, Waiting>();
  readonly #active = new Map<string, boolean>();
  #channel: Channel | undefined;
  #connection: Link | undefined;
  #follows: Follows | undefined;
  #release: (() => void) | undefined;
  #abort: AbortController | undefined;
  #up = false;
  #lastId = 0;
  #visible = true;

  constructor(options: TabsOptions, user: LinkUser) {
    this.#options = options;
    this.#user = user;
    this.#listen();
  }

  get leads(): boolean {
    return this.#connection !== undefined;
  }

  start(): void {
    if (this.#connection) return this.#connection.start();
    if (this.#abort) return;
    this.#listen();
    this.state.set({ state: 'connecting', retryAt: null });
    const abort = new AbortController();
    this.#abort = abort;
    this.#post({ say: 'hello', from: this.#options.tab });
    this.#options.locks
      .request(`inlay:${this.#options.name}:leader`, { signal: abort.signal }, () =>
        abort.signal.aborted ? Promise.resolve() : this.#lead(),
      )
      .catch(() => {});
  }

  stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    if (this.#connection) this.#abdicate();
    else this.#post({ say: 'bye', from: this.#options.tab });
    this.#down();
    this.#failAll();
    this.state.set(LONE);
  }

  /** Leaves the channel; nothing is heard any more. */
  close(): void {
    this.stop();
    this.#channel?.close();
    this.#channel = undefined;
  }

  synced(): void {
    this.#connection?.synced();
  }

  setActive(active: boolean): void {
    this.#visible = active;
    if (this.#connection) this.#tellActive();
    else this.#post({ say: 'active', from: this.#options.tab, active });
  }

  tell(note: Note): void {
    this.#post({ say: 'note', note });
    this.#user.note(note);
  }

  readonly call: Call = (op, input) => {
    if (this.#follows) return this.#follows.run(this.#options.tab, op, input) as Promise<Output<typeof op>>;
    if (!this.#abort) return Promise.reject(new ConnectionLost('the client is not connected'));
    return this.#ask(op, input) as Promise<Output<typeof op>>;
  };

  #ask(op: OperationName, input: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.after(PATIENCE, () =>
        settle(() => reject(new TimedOut(`no answer to ${op}`))),
      );
      const settle = (how: () => void) => {
        cancel();
        this.#waiting.delete(id);
        how();
      };
      this.#waiting.set(id, {
        op,
        input,
        resolve: (output) => settle(() => resolve(output)),
        reject: (error) => settle(() => reject(error)),
      });
      this.#post({ say: 'request', from: this.#options.tab, id, op, input });
    });
  }

  /** Holds the lock until this tab stops; the browser takes it back when the tab dies. */
  #lead(): Promise<void> {
    this.#down();
    const user = this.#user;
    const connection = this.#options.connect({
      cursor: () => user.cursor(),
      up: (opened) => {
        this.#up = true;
        this.#post({ say: 'up' });
        user.up(opened);
      },
      down: () => {
        this.#post({ say: 'down' });
        this.#down();
      },
      event: (event) => {
        this.#post({ say: 'event', event });
        user.event(event);
      },
      resync: () => user.resync(),
      signedOut: () => {
        this.#post({ say: 'signedOut' });
        user.signedOut();
      },
      note: (note) => user.note(note),
      leading: () => {},
    });
    this.#connection = connection;
    this.#follows = new Follows(connection.call);
    connection.state.subscribe(() => this.#publish());
    this.#post({ say: 'leads' });
    user.leading();
    connection.start();
    this.#takeOver();
    return new Promise((release) => {
      this.#release = release;
    });
  }

  /** What this tab had asked of the leader before, it now asks itself. */
  #takeOver(): void {
    for (const request of [...this.#waiting.values()]) {
      (this.call(request.op, request.input as never) as Promise<unknown>).then(
        request.resolve,
        request.reject,
      );
    }
  }

  #abdicate(): void {
    this.#connection?.stop();
    this.#connection = undefined;
    this.#follows = undefined;
    this.#active.clear();
    this.#release?.();
  }

  #publish(): void {
    if (!this.#connection) return;
    const { state, retryAt } = this.#connection.state.get();
    this.state.set(this.#connection.state.get());
    this.#post({ say: 'state', state: { state, retryAt } });
  }

  #down(): void {
    if (!this.#up) return;
    this.#up = false;
    this.#user.down();
  }

  #failAll(): void {
    for (const request of [...this.#waiting.values()])
      request.reject(new ConnectionLost('the client was disconnected'));
  }

  #tellActive(): void {
    this.#connection?.setActive(this.#visible || [...this.#active.values()].some((active) => active));
  }

  #post(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  #listen(): void {
    if (this.#channel) return;
    this.#channel = this.#options.channel(`inlay:${this.#options.name}`);
    this.#channel.onmessage = ({ data }) => this.#hear(data as TabMessage);
  }

  #hear(message: TabMessage): void {
    if (message.say === 'note') return this.#user.note(message.note);
    if (message.say === 'signedOut') return this.#user.signedOut();
    if (this.#connection) this.#hearAsLeader(message);
    else if (this.#abort) this.#hearAsFollower(message);
  }

  #hearAsLeader(message: TabMessage): void {
    switch (message.say) {
      case 'hello':
        this.#publish();
        if (this.#up) this.#post({ say: 'up', to: message.from });
        return;
      case 'bye':
        this.#active.delete(message.from);
        this.#follows?.bye(message.from);
        return this.#tellActive();
      case 'active':
        this.#active.set(message.from, message.active);
        return this.#tellActive();
      case 'request': {
        const { from: to, id } = message;
        this.#follows?.run(to, message.op, message.input).then(
          (output) => this.#post({ say: 'reply', to, id, output }),
          (error) => this.#post({ say: 'reply', to, id, failure: failureOf(error) }),
        );
      }
    }
  }

  #hearAsFollower(message: TabMessage): void {
    const { tab } = this.#options;
    switch (message.say) {
      case 'leads':
        this.#down();
        this.#post({ say: 'hello', from: tab });
        for (const [id, { op, input }] of this.#waiting)
          this.#post({ say: 'request', from: tab, id, op, input });
        return;
      case 'state':
        return this.state.set(message.state);
      case 'up':
        if (this.#up || (message.to !== undefined && message.to !== tab)) return;
        this.#up = true;
        this.#post({ say: 'active', from: tab, active: this.#visible });
        return this.#user.up();
      case 'down':
        return this.#down();
      case 'event':
        return this.#user.event(message.event);
      case 'reply': {
        const request = message.to === tab ? this.#waiting.get(message.id) : undefined;
        if ('failure' in message) request?.reject(errorFrom(message.failure));
        else request?.resolve(message.output);
      }
    }
  }
}
