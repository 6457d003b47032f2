import { ERRORS, InlayError, LIMITS, PROTOCOL_VERSION } from '@inlay-im/protocol/rules';
import type { Clock } from '../clock.ts';
import type { WireEvent } from '../events.ts';
import { ConnectionLost, isCode, retryAfter, SignedOut, TimedOut } from '../requests/errors.ts';
import { errorOf } from '../requests/http.ts';
import { Requests } from '../requests/requests.ts';
import { Cell } from '../store.ts';
import type { Environment } from './environment.ts';
import { beat, DEADLINE, type Pulse } from './heartbeat.ts';
import type { Call, ConnectionState, Link, LinkUser, Note, Opened } from './link.ts';
import { type Effect, type Event, next, type State } from './machine.ts';
import { JsonSocket, type SocketConstructor, socketUrl } from './socket.ts';

/** A request that is not answered within this many milliseconds fails, the wait for a connection included. */
export const PATIENCE = 15_000;
/** An access token is replaced this long before its end. */
export const AHEAD = 60_000;

export interface ConnectionOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly WebSocket: SocketConstructor;
  readonly environment: Environment;
  /** An access token, a new one if `fresh`. Fails with `SignedOut` where there is none to be had. */
  authorize(fresh: boolean): Promise<string>;
}

const LABELS = {
  stopped: 'offline',
  signedOut: 'signedOut',
  offline: 'offline',
  waiting: 'waiting',
  authorizing: 'connecting',
  opening: 'connecting',
  syncing: 'syncing',
  online: 'online',
} as const;

const isLive = (state: State): boolean => state.name === 'syncing' || state.name === 'online';

/** Why a session was not opened, as the machine sees it. `signed_out` ends the sign-in instead. */
function failure(error: unknown, hadCursor: boolean): Event & { type: 'failed' | 'signedOut' } {
  if (error instanceof SignedOut || isCode(error, 'signed_out')) return { type: 'signedOut' };
  if (isCode(error, 'resync') && hadCursor) return { type: 'failed', then: 'again', error };
  if (error instanceof InlayError && ERRORS[error.code].status === 401)
    return { type: 'failed', then: 'refresh', error };
  const stop = error instanceof InlayError && !error.retry;
  const after = retryAfter(error, 0);
  return { type: 'failed', then: stop ? 'stop' : 'retry', ...(after > 0 ? { after } : {}), error };
}

/** Runs the machine: sockets, timers and tokens are here, decisions are there. */
export class Connection implements Link {
  readonly state = new Cell<ConnectionState>({ state: 'offline', retryAt: null });
  readonly leads = true;
  readonly #options: ConnectionOptions;
  readonly #user: LinkUser;
  readonly #requests = new Requests(LIMITS.framesInFlight);
  #machine: State = { name: 'stopped' };
  #socket: JsonSocket | undefined;
  #pulse: Pulse = { heardAt: 0, askedAt: null };
  #early: WireEvent[] = [];
  #active = true;
  /** Counts what was begun, so that an answer to something abandoned is not taken for the present one's. */
  #turn = 0;
  #cancelTimer = () => {};
  #cancelBeat = () => {};
  #cancelRefresh = () => {};
  #cancelDeadline = () => {};
  #unwatch = () => {};

  constructor(options: ConnectionOptions, user: LinkUser) {
    this.#options = options;
    this.#user = user;
  }

  start(): void {
    const { environment } = this.#options;
    this.#unwatch();
    let online = environment.online();
    let visible = environment.visible();
    this.#active = visible;
    this.#unwatch = environment.subscribe(() => {
      const before = { online, visible };
      online = environment.online();
      visible = environment.visible();
      if (online !== before.online) this.#on({ type: online ? 'networkUp' : 'networkDown' });
      if (visible && !before.visible) this.#on({ type: 'visible' });
    });
    this.#on({ type: 'start', network: online });
  }

  stop(): void {
    this.#unwatch();
    this.#on({ type: 'stop' });
    this.#requests.abandon(new ConnectionLost('the client was disconnected'));
  }

  synced(): void {
    this.#on({ type: 'synced' });
  }

  setActive(active: boolean): void {
    if (active === this.#active) return;
    this.#active = active;
    if (isLive(this.#machine)) this.call('session.activity', { active }).catch(() => {});
  }

  tell(note: Note): void {
    this.#user.note(note);
  }

  readonly call: Call = (op, input) =>
    new Promise((resolve, reject) => {
      if (this.#machine.name === 'signedOut') return reject(new SignedOut('nobody is signed in'));
      if (this.#machine.name === 'stopped') return reject(new ConnectionLost('the client is not connected'));
      const finish = (settle: () => void) => {
        cancel();
        settle();
        this.#flush();
      };
      const forget = this.#requests.register({
        op,
        input,
        resolve: (output) => finish(() => resolve(output as never)),
        reject: (error) => finish(() => reject(error)),
      });
      const cancel = this.#options.clock.after(PATIENCE, () => {
        forget();
        reject(new TimedOut(`no answer to ${op} within ${PATIENCE} ms`));
      });
      this.#flush();
    });

  #on(event: Event): void {
    const wasLive = isLive(this.#machine);
    const { clock, random } = this.#options;
    const { state, effects } = next(this.#machine, event, { now: clock.now(), random });
    this.#machine = state;
    if (wasLive && !isLive(state)) this.#hangUp();
    for (const effect of effects) this.#run(effect);
    this.#publish();
    if (wasLive && !isLive(state)) this.#user.down();
  }

  #publish(): void {
    const machine = this.#machine;
    const state = LABELS[machine.name];
    const retryAt = machine.name === 'waiting' ? machine.retryAt : null;
    const before = this.state.get();
    const error = machine.name === 'stopped' ? machine.error : undefined;
    if (before.state === state && before.retryAt === retryAt && before.error === error) return;
    this.state.set({ state, retryAt, ...(error === undefined ? {} : { error }) });
  }

  #run(effect: Effect): void {
    switch (effect.do) {
      case 'authorize':
        return this.#authorize(effect.fresh);
      case 'open':
        return this.#open(effect.token);
      case 'close':
        return this.#hangUp();
      case 'timer':
        this.#cancelTimer();
        this.#cancelTimer = this.#options.clock.after(
          Math.max(0, effect.at - this.#options.clock.now()),
          () => this.#on({ type: 'timer' }),
        );
        return;
      case 'cancelTimer':
        return this.#cancelTimer();
      case 'probe':
        return this.#ask();
      case 'forget':
        this.#requests.abandon(new SignedOut('this device was signed out'));
        return this.#user.signedOut();
    }
  }

  #authorize(fresh: boolean): void {
    this.#turn += 1;
    const turn = this.#turn;
    this.#options.authorize(fresh).then(
      (token) => turn === this.#turn && this.#on({ type: 'token', token }),
      (error) => turn === this.#turn && this.#on(failure(error, false)),
    );
  }

  #open(token: string): void {
    const { clock, WebSocket, url } = this.#options;
    this.#early = [];
    this.#cancelDeadline = clock.after(LIMITS.signInDeadline, () =>
      this.#on({ type: 'failed', then: 'retry', error: new TimedOut('the node did not answer') }),
    );
    try {
      this.#socket = new JsonSocket(WebSocket, socketUrl(url), {
        open: () => this.#signIn(token),
        frame: (frame) => this.#receive(frame as Record<string, unknown>),
        closed: (code) => {
          this.#hangUp();
          this.#on({ type: 'closed', code });
        },
      });
    } catch (error) {
      this.#on({ type: 'failed', then: 'stop', error });
    }
  }

  #signIn(token: string): void {
    const cursor = this.#user.cursor();
    const input = {
      token,
      version: PROTOCOL_VERSION,
      active: this.#active,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const refused = (error: unknown) => {
      if (error instanceof ConnectionLost) return;
      if (isCode(error, 'resync')) this.#user.resync();
      this.#on(failure(error, cursor !== undefined));
    };
    const request = {
      op: 'session.open',
      input,
      resolve: (o: unknown) => this.#opened(o as Opened),
      reject: refused,
    };
    this.#socket?.send({ id: this.#requests.send(request).id, op: request.op, input });
  }

  #opened(opened: Opened): void {
    this.#cancelDeadline();
    this.#on({ type: 'opened' });
    this.#pulse = { heardAt: this.#options.clock.now(), askedAt: null };
    this.#beat();
    this.#refreshIn(opened.expiresAt - opened.serverTime - AHEAD);
    this.#user.up(opened);
    for (const event of this.#early.splice(0)) this.#user.event(event);
    this.#flush();
  }

  #receive(frame: Record<string, unknown>): void {
    this.#pulse = { heardAt: this.#options.clock.now(), askedAt: null };
    if ('event' in frame) return this.#event(frame as unknown as WireEvent);
    const request = this.#requests.settle(frame.id as number);
    if ('error' in frame) request?.reject(errorOf(frame.error));
    else request?.resolve(frame.output);
  }

  /** The node may publish before its reply to `session.open` is out; what comes early waits for it. */
  #event(event: WireEvent): void {
    if (event.event === 'session.stopping') this.#on({ type: 'stopping', within: event.data.within });
    else if (isLive(this.#machine)) this.#user.event(event);
    else this.#early.push(event);
  }

  #flush(): void {
    if (!isLive(this.#machine)) return;
    for (const { id, request } of this.#requests.take())
      this.#socket?.send({ id, op: request.op, input: request.input });
  }

  #hangUp(): void {
    this.#turn += 1;
    this.#cancelBeat();
    this.#cancelRefresh();
    this.#cancelDeadline();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#requests.lost(new ConnectionLost('the connection ended before the answer came'));
  }

  #beat(): void {
    this.#cancelBeat();
    const { clock } = this.#options;
    const what = beat(this.#pulse, clock.now());
    if (what.do === 'giveUp') {
      this.#hangUp();
      return this.#on({ type: 'closed', code: 1006 });
    }
    if (what.do === 'ask') return this.#ask();
    this.#cancelBeat = clock.after(what.until - clock.now(), () => this.#beat());
  }

  #ask(): void {
    if (!isLive(this.#machine) || this.#pulse.askedAt !== null) return;
    this.#pulse = {
      heardAt: Math.min(this.#pulse.heardAt, this.#options.clock.now() - 1),
      askedAt: this.#options.clock.now(),
    };
    this.call('session.ping', {}).catch(() => {});
    this.#beat();
  }

  #refreshIn(ms: number): void {
    this.#cancelRefresh();
    this.#cancelRefresh = this.#options.clock.after(Math.max(1000, ms), () => void this.#refresh());
  }

  async #refresh(): Promise<void> {
    const turn = this.#turn;
    const asked = this.#options.clock.now();
    try {
      const token = await this.#options.authorize(true);
      if (turn !== this.#turn) return;
      await this.call('session.refresh', { token });
      this.#refreshIn(LIMITS.accessToken - AHEAD - (this.#options.clock.now() - asked));
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error instanceof SignedOut) this.#on({ type: 'signedOut' });
      else this.#refreshIn(DEADLINE);
    }
  }
}
