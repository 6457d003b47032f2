import type { Conversation, Me, Self, Tokens, User } from '@inlay-im/protocol';
import { type ErrorCode, InlayError } from '@inlay-im/protocol/rules';
import type { Socket, SocketConstructor } from '../connection/socket.ts';
import type { WireEvent } from '../events.ts';
import type { SendableBody } from '../outbox/outbox.ts';
import type { Fetch } from '../requests/http.ts';
import { NodeFiles } from './files.ts';
import { Log } from './log.ts';

type Input = Record<string, never> & { conversation: string; n: number };

/** What a person did to messages, for all their devices. */
interface OfMine {
  readonly user: string;
  readonly conversation: string;
  readonly numbers: number[];
  readonly at: number;
}

const after = (all: readonly OfMine[], user: string, since: number) =>
  all
    .filter((one) => one.user === user && one.at > since)
    .map(({ conversation, numbers }) => ({ conversation, numbers }));

class NodeSocket implements Socket {
  readonly readyState = 1;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror = null;
  user: string | undefined;
  active = true;
  readonly #node: StandInNode;

  constructor(node: StandInNode) {
    this.#node = node;
    node.sockets.add(this);
    queueMicrotask(() => {
      if (node.reachable) this.onopen?.();
      else this.end(1006);
    });
  }

  send(data: string): void {
    queueMicrotask(() => this.#node.frame(this, JSON.parse(data)));
  }

  close(): void {
    this.#node.sockets.delete(this);
  }

  end(code: number): void {
    this.#node.sockets.delete(this);
    this.onclose?.({ code });
  }

  deliver(frame: object): void {
    const data = JSON.stringify(frame);
    queueMicrotask(() => this.onmessage?.({ data }));
  }
}

/** A node of a few people in this process: enough of the protocol to drive a client, with faults on demand. */
export class StandInNode {
  readonly sockets = new Set<NodeSocket>();
  readonly logs = new Map<string, Log>();
  readonly requests: { user: string | undefined; op: string; input: Input }[] = [];
  readonly refreshTokens = new Map<string, string>();
  readonly files = new NodeFiles();
  reachable = true;
  epoch = 'one';
  pageSize = 50;
  /** Says what happens to a request: refused with a code, done without an answer, or not even done. */
  fault: (op: string, user: string | undefined) => ErrorCode | 'noAnswer' | 'lost' | undefined = () =>
    undefined;
  #sequence = 0;
  #issued = 0;
  readonly #touched = new Map<string, Map<string, number>>();
  readonly #left = new Map<string, Map<string, number>>();
  readonly #deleted: OfMine[] = [];
  readonly #played: OfMine[] = [];
  readonly #userRevs = new Map<string, number>();

  get WebSocket(): SocketConstructor {
    const node = this;
    return class extends NodeSocket {
      constructor() {
        super(node);
      }
    } as unknown as SocketConstructor;
  }

  readonly fetch: Fetch = async (url, init) => {
    if (!this.reachable) throw new TypeError('fetch failed');
    if (init.method !== 'POST') return this.files.bring(url, init);
    const op = url.slice(url.lastIndexOf('/') + 1);
    const token = new Headers(init.headers).get('authorization')?.slice(7);
    try {
      return Response.json(this.run(op, JSON.parse(String(init.body)), token?.split('.')[0], undefined));
    } catch (error) {
      if (!(error instanceof InlayError)) throw error;
      return Response.json({ error: error.toWire() }, { status: 400 });
    }
  };

  /** A group of these people. */
  group(id: string, users: readonly string[]): Log {
    const log = new Log(id, users);
    this.logs.set(id, log);
    for (const user of users) this.touch(user, id);
    return log;
  }

  /** Someone sends, beside the client. */
  send(conversation: string, user: string, id: string, text = id): void {
    const log = this.logs.get(conversation) as Log;
    this.publish(log, log.send(user, id, text).event);
  }

  publish(log: Log, event: WireEvent | undefined, except?: NodeSocket): void {
    if (event === undefined) return;
    for (const user of log.selves.keys()) {
      this.touch(user, log.id);
      this.tell(user, event, except);
    }
  }

  tell(user: string, event: WireEvent, except?: NodeSocket): void {
    for (const socket of this.sockets) if (socket.user === user && socket !== except) socket.deliver(event);
  }

  /** Another epoch begins, in which everyone's revision counts from lower down. */
  restoreFromBackup(epoch: string): void {
    this.epoch = epoch;
    this.#userRevs.clear();
  }

  /** Everyone's connection ends. */
  cut(code = 1006): void {
    for (const socket of [...this.sockets]) socket.end(code);
  }

  touch(user: string, conversation: string): void {
    this.#sequence += 1;
    const mine = this.#touched.get(user) ?? new Map();
    this.#touched.set(user, mine.set(conversation, this.#sequence));
  }

  leave(user: string, conversation: string): void {
    this.#sequence += 1;
    this.#touched.get(user)?.delete(conversation);
    this.logs.get(conversation)?.selves.delete(user);
    this.#left.set(user, (this.#left.get(user) ?? new Map()).set(conversation, this.#sequence));
    this.tell(user, { event: 'conversation.left', data: { userRev: this.#nextUserRev(user), conversation } });
  }

  changeSelf(user: string, conversation: string, change: Partial<Self>): Self {
    const log = this.logs.get(conversation) as Log;
    const rev = this.#nextUserRev(user);
    const self = { ...log.self(user), ...change, rev };
    log.selves.set(user, self);
    this.touch(user, conversation);
    this.tell(user, { event: 'self.changed', data: { userRev: rev, conversation, self } });
    return self;
  }

  frame(socket: NodeSocket, frame: { id: number; op: string; input: Input }): void {
    const { id, op, input } = frame;
    if (!this.sockets.has(socket)) return;
    const fault = this.fault(op, socket.user);
    if (fault === 'lost') {
      this.requests.push({ user: socket.user, op, input });
      return;
    }
    try {
      if (fault !== undefined && fault !== 'noAnswer')
        throw new InlayError(fault, `asked to fail with ${fault}`);
      const output = this.run(op, input, socket.user, socket);
      if (fault !== 'noAnswer') socket.deliver({ id, output });
    } catch (error) {
      if (!(error instanceof InlayError)) throw error;
      socket.deliver({ id, error: error.toWire() });
    }
  }

  run(op: string, input: Input, user: string | undefined, socket: NodeSocket | undefined): unknown {
    this.requests.push({ user, op, input });
    if (op.startsWith('auth.')) return this.#auth(op, input as never);
    if (op === 'session.open') return this.#open(input as never, socket as NodeSocket);
    if (user === undefined) throw new InlayError('unauthenticated', 'sign in');
    if (op.startsWith('files.')) return this.files.run(op, user, input as never);
    const log = this.logs.get(input.conversation);
    switch (op) {
      case 'session.ping':
      case 'session.refresh':
        return { serverTime: 0, expiresAt: 0 };
      case 'sync.page':
        return {
          epoch: this.epoch,
          userRev: this.#me(user).rev,
          me: this.#me(user),
          sync: this.#page(user, input as never),
        };
      case 'users.get':
        return { users: (input as unknown as { users: string[] }).users.map((id) => this.#user(id)) };
      case 'presence.subscribe':
        return {
          presence: (input as unknown as { users: string[] }).users.map((id) => ({
            user: id,
            state: 'online',
            lastSeenAt: null,
          })),
        };
      case 'session.activity':
      case 'presence.unsubscribe':
      case 'typing.set':
        return {};
    }
    if (!log?.selves.has(user)) throw new InlayError('not_found', 'no such conversation');
    return this.#inside(log, op, input, user, socket);
  }

  #inside(log: Log, op: string, input: Input, user: string, socket: NodeSocket | undefined): unknown {
    switch (op) {
      case 'conversations.get':
        return { conversation: log.snapshot(user) };
      case 'conversations.changes':
        return log.changes(user, input as never);
      case 'messages.list':
        return log.list(user, input as never);
      case 'messages.send': {
        const { id, body } = input as unknown as { id: string; body: SendableBody };
        // The first answer stands, whatever became of the files since.
        const sent = log.messages.find((one) => one.id === id);
        const said = sent ? 'sent before' : this.files.bodyOf(body);
        const { message, event } = log.send(user, id, said);
        this.publish(log, event, socket);
        return { n: message.n, rev: message.rev, at: message.at };
      }
      case 'messages.edit': {
        const event = log.edit(input.n, (input as unknown as { body: SendableBody }).body);
        this.publish(log, event);
        return { message: log.messages[input.n - 1] };
      }
      case 'reactions.add': {
        this.publish(log, log.react(user, input.n, input.emoji ?? '', true));
        return { reactions: log.messages[input.n - 1]?.reactions };
      }
      case 'messages.delete': {
        const { numbers } = input as unknown as { numbers: number[] };
        log.deleted.set(user, new Set([...(log.deleted.get(user) ?? []), ...numbers]));
        this.#sequence += 1;
        this.#deleted.push({ user, conversation: log.id, numbers, at: this.#sequence });
        this.tell(user, {
          event: 'message.deleted',
          data: { userRev: this.#nextUserRev(user), conversation: log.id, numbers },
        });
        return {};
      }
      case 'messages.played': {
        if (log.play(user, input.n)) this.#playedBy(user, log.id, [input.n]);
        return {};
      }
      case 'messages.shared':
        return log.shared(user, input as never);
      case 'messages.recall': {
        const event = log.recall(input.n);
        this.publish(log, event);
        return { message: log.messages[input.n - 1] };
      }
      case 'receipts.mark': {
        const self = log.self(user);
        const readN = Math.max(self.readN, input.readN ?? 0);
        const deliveredN = Math.max(self.deliveredN, readN, input.deliveredN ?? 0);
        for (const other of log.selves.keys()) {
          if (other === user) continue;
          this.touch(other, log.id);
          this.tell(other, {
            event: 'receipt.changed',
            data: { conversation: log.id, user, readN, deliveredN },
          });
        }
        return { self: this.changeSelf(user, log.id, { readN, deliveredN, markedUnread: false }) };
      }
      case 'members.updateSelf': {
        const { conversation: _, ...change } = input;
        return { self: this.changeSelf(user, log.id, change as never) };
      }
      case 'members.list':
        return {
          members: [...log.selves.keys()].map((one) => ({
            user: one,
            role: 'member',
            nickname: null,
            joinedAt: 1,
            rev: 0,
            left: false,
          })),
          next: null,
        };
      default:
        throw new InlayError('unknown_operation', op);
    }
  }

  #auth(op: string, input: { token: string; refreshToken: string }): Tokens | object {
    if (op === 'auth.signOut') return {};
    const user = op === 'auth.refresh' ? this.refreshTokens.get(input.refreshToken) : input.token;
    if (user === undefined) throw new InlayError('wrong_credentials', 'sign in again');
    if (op === 'auth.refresh') this.refreshTokens.delete(input.refreshToken);
    this.#issued += 1;
    const refreshToken = `refresh-${this.#issued}`;
    this.refreshTokens.set(refreshToken, user);
    return {
      accessToken: `${user}.${this.#issued}`,
      expiresAt: 1_700_000_900_000,
      refreshToken,
      refreshExpiresAt: 2e12,
      device: '00000000-0000-4000-8000-000000000000',
      user: this.#user(user),
    };
  }

  #open(input: { token: string; cursor?: string }, socket: NodeSocket): object {
    const user = input.token.split('.')[0] as string;
    if (user === 'expired') throw new InlayError('token_expired', 'refresh');
    const sync = this.#page(user, input);
    socket.user = user;
    return {
      me: this.#me(user),
      device: '00000000-0000-4000-8000-000000000000',
      expiresAt: 900_000,
      serverTime: 0,
      epoch: this.epoch,
      sync,
    };
  }

  #page(user: string, { cursor, next }: { cursor?: string; next?: string }) {
    const [epoch, seen] = (cursor ?? `${this.epoch}|0`).split('|') as [string, string];
    if (epoch !== this.epoch) throw new InlayError('resync', 'another epoch');
    const [since, upTo, offset] = (next ?? `${seen}|${this.#sequence}|0`).split('|').map(Number) as [
      number,
      number,
      number,
    ];
    const changed = [...(this.#touched.get(user) ?? [])]
      .filter(([, at]) => at > since)
      .sort((a, b) => b[1] - a[1]);
    const rows = changed.slice(offset, offset + this.pageSize);
    const more = changed.length > offset + this.pageSize;
    return {
      cursor: `${this.epoch}|${upTo}`,
      next: more ? `${since}|${upTo}|${offset + this.pageSize}` : null,
      conversations: rows.map(([id]) => (this.logs.get(id) as Log).snapshot(user)) as Conversation[],
      left: [...(this.#left.get(user) ?? [])].filter(([, at]) => at > since).map(([id]) => id),
      deleted: next === undefined ? after(this.#deleted, user, since) : [],
      played: next === undefined ? after(this.#played, user, since) : [],
    };
  }

  #playedBy(user: string, conversation: string, numbers: number[]): void {
    this.#sequence += 1;
    this.#played.push({ user, conversation, numbers, at: this.#sequence });
    this.tell(user, {
      event: 'message.played',
      data: { userRev: this.#nextUserRev(user), conversation, numbers },
    });
  }

  #nextUserRev(user: string): number {
    const rev = (this.#userRevs.get(user) ?? 0) + 1;
    this.#userRevs.set(user, rev);
    return rev;
  }

  #me(user: string): Me {
    return { ...this.#user(user), presenceVisibility: 'everyone', rev: this.#userRevs.get(user) ?? 0 };
  }

  #user(id: string): User {
    return { id, kind: 'host', name: id, avatar: null, custom: null };
  }
}
