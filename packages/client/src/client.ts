import type {
  Conversation,
  Me,
  OperationName,
  Output,
  Request,
  Self,
  Tokens,
  User,
} from '@inlay-im/protocol';
import { avatarPath, avatarSize, directId } from '@inlay-im/protocol/rules';
import { Auth, type Credentials } from './auth/auth.ts';
import { Connection } from './connection/connection.ts';
import type { ConnectionState, Link, LinkUser, Note } from './connection/link.ts';
import { Conversations } from './conversations/conversations.ts';
import { ConversationHandle } from './conversations/handle.ts';
import type { ConversationList } from './conversations/list.ts';
import { isConversationEvent, isMyEvent, type MyEvent, type WireEvent } from './events.ts';
import { Files } from './files/files.ts';
import type { Media } from './files/media.ts';
import { Later, laterStore } from './later.ts';
import type { EmojiByName, Gifs, OfApp, StickersView } from './of-app.ts';
import { type ClientOptions, type Complete, complete } from './options.ts';
import { Mailer } from './outbox/mailer.ts';
import { type OutboxEntry, waitsForFiles } from './outbox/outbox.ts';
import { Presences, type PresenceView } from './presence/presence.ts';
import { Receipts } from './receipts.ts';
import { SignedOut } from './requests/errors.ts';
import { atNode, type HttpCall, httpCall } from './requests/http.ts';
import type { Stickers } from './stickers.ts';
import { Saver } from './storage/saver.ts';
import { Cell, type Store } from './store.ts';
import { type Standing, Sync } from './sync/sync.ts';
import { lockOf } from './tabs/ports.ts';
import { TabsLink } from './tabs/tabs.ts';
import { Users } from './users/users.ts';
import { uuidv7 } from './uuid.ts';

/** Operations that belong to a session, which HTTP has none of. */
const SOCKET_ONLY = /^(session|presence\.(un)?subscribe|conversations\.(un)?watch)/;

/** Makes a client. It connects once somebody signs in, or when `connect` finds a sign-in that was stored. */
export const createClient = (options: ClientOptions): Client => new Client(options);

/** One person on one device: the parts of the client put together. */
export class Client {
  readonly connection: Store<ConnectionState>;
  /** My profile; undefined while nobody is signed in. */
  readonly me: Store<Me | User | undefined>;
  /** My conversations in their order, and what is unread in total. */
  readonly conversations: Store<ConversationList>;
  /** Profiles of people, fetched as they are asked for. */
  readonly users: { get(id: string): Store<User | undefined> };
  /** The app's own emoji by their names. `misses` says that somebody used one that is not among them. */
  readonly emoji: { readonly all: Store<EmojiByName>; misses(name: string): void };
  /** Packs of stickers, and what is mine of them; undefined until they are there. `get` gives what changes them. */
  readonly stickers: { readonly view: Store<StickersView | undefined>; get(): Promise<Stickers> };
  /** Searches for GIFs, at the service that the node has, if any. */
  readonly gifs: { get(): Promise<Gifs> };
  /** Where the bytes of files are. */
  readonly files: Files;
  readonly #options: Complete;
  readonly #http: HttpCall;
  readonly #auth: Auth;
  readonly #link: Link;
  readonly #saver: Saver;
  readonly #sync: Sync;
  readonly #conversations: Conversations;
  readonly #mailer: Mailer;
  readonly #media: Later<Media>;
  readonly #receipts: Receipts;
  readonly #users: Users;
  readonly #presences: Presences;
  readonly #ofApp: Later<OfApp>;
  readonly #handles = new Map<string, ConversationHandle>();
  readonly #me = new Cell<Me | User | undefined>(undefined);
  #up = false;
  #restored: Promise<void> | undefined;
  #unwatch = () => {};

  constructor(given: ClientOptions) {
    const options = complete(given);
    this.#options = options;
    const { url, storage, clock, where, locks } = options;
    this.#http = httpCall(url, options.fetch);
    const lock = lockOf(locks, `inlay:${storage.shared ?? ''}`);
    this.#auth = new Auth({ http: this.#http, storage, clock, where, lock, hostToken: options.auth });
    this.#saver = new Saver(storage, clock);
    this.#link = this.#makeLink();
    const up = () => this.#up;
    const me = () => this.#me.get()?.id ?? '';
    const { call } = this.#link;
    const leads = () => this.#link.leads;
    const tell = (note: Note) => this.#link.tell(note);
    const touched = (id: string) => {
      this.#handles.get(id)?.touch();
      this.#media.now?.shared.touch(id);
    };
    this.#users = new Users({
      call,
      up,
      stored: async (id) => (await storage.get('users', id)) as User | undefined,
      learned: (user) => this.#saver.user(user),
    });
    this.#presences = new Presences(call, clock, up);
    this.#receipts = new Receipts({ call, clock, up, marked: (id, self) => this.#selfReplied(id, self) });
    this.#conversations = new Conversations({
      call,
      clock,
      me,
      up,
      leads,
      saved: this.#saver,
      stored: (id) => this.#saver.storedWindow(id),
      members: (id, members) => this.#handles.get(id)?.members.heard(members),
      heard: (id, what) => this.#media.now?.shared.heard(id, what),
      marks: (id) => this.#receipts.waiting(id),
      deliver: (id, n) => this.#receipts.mark(id, { deliveredN: n }),
      people: (users) => this.#users.learn(users),
      touched,
    });
    this.#mailer = new Mailer({
      storage,
      clock,
      call,
      me,
      bytes: options.bytes,
      ready: () => this.#up && leads(),
      tell,
      acknowledged: (message) => this.#conversations.acknowledged(message),
      caughtUp: (id, rev) => this.#conversations.core(id).reach(rev),
      touched,
      stuck: (entry) => this.#media.now?.desk.misses(entry) ?? false,
      again: (entry) => this.#media.now?.desk.again(entry),
      gone: (entry, dropped) => this.#media.now?.desk.gone(entry, dropped),
    });
    this.#media = new Later(async () => {
      const { Media } = await import('./files/media.ts');
      const access = (fresh: boolean) => this.#auth.access(fresh);
      const data = (id: string) => this.#conversations.core(id).data;
      return new Media({
        client: options,
        mailer: this.#mailer,
        call,
        access,
        up,
        leads,
        tell,
        touched,
        data,
      });
    }, clock);
    const deps = { call, clock, up };
    this.#ofApp = new Later(async () => new (await import('./of-app.ts')).OfApp(deps), clock);
    this.emoji = {
      all: laterStore<OfApp, EmojiByName>(this.#ofApp, new Map(), ({ emoji }) => emoji.all),
      misses: (name) => this.#ofApp.now?.emoji.misses(name),
    };
    this.stickers = {
      view: laterStore<OfApp, StickersView | undefined>(
        this.#ofApp,
        undefined,
        ({ stickers }) => stickers.view,
      ),
      get: async () => (await this.#ofApp.get()).stickers,
    };
    this.gifs = { get: async () => (await this.#ofApp.get()).gifs };
    this.files = new Files(this.#media);
    this.#sync = new Sync({
      call,
      clock,
      page: (page) => this.#conversations.page(page),
      apply: (event) => this.#applyMine(event),
      wipe: () => this.#wipe(),
      stands: (standing) => this.#stands(standing),
      synced: () => this.#synced(),
    });
    this.connection = this.#link.state;
    this.me = this.#me;
    this.conversations = this.#conversations.list;
    this.users = { get: (id) => this.#users.get(id) };
  }

  /** Signs in and connects. Someone else's state on this device is dropped first. */
  async signIn(credentials: Credentials): Promise<void> {
    await this.#restore();
    await this.#signedIn(await this.#auth.signIn(credentials));
  }

  /** Makes an account with user name and password, signs in and connects. */
  async signUp(account: { username: string; password: string; name?: string }): Promise<void> {
    await this.#restore();
    await this.#signedIn(await this.#auth.signUp(account));
  }

  /** What the app is called, and its picture; also before anyone is signed in. */
  app(): Promise<Output<'apps.get'>['app']> {
    const { app } = this.#options.where;
    return this.#http('apps.get', { app }).then((answer) => answer.app);
  }

  /** Sends a one-time code; its ticket and the code sign in. */
  requestCode(
    to: Request<'auth.requestCode'>['to'],
    locale: 'en' | 'zh-CN' = 'en',
  ): Promise<Output<'auth.requestCode'>> {
    const { app } = this.#options.where;
    return this.#http('auth.requestCode', { to, locale, ...(app === undefined ? {} : { app }) });
  }

  /** Turns the signed-in guest into an account, keeping everything. */
  async upgrade(
    account:
      | { username: string; password: string; name?: string }
      | { ticket: string; code: string; name?: string },
  ): Promise<void> {
    const { user } = await ('ticket' in account
      ? this.call('auth.upgradeWithCode', account)
      : this.call('auth.upgradeWithPassword', account));
    this.#me.set({ ...this.#me.get(), ...user });
  }

  /** Signs this device out, at the node too if it can be reached, and forgets everything on it. */
  async signOut(): Promise<void> {
    await this.call('auth.signOut', {}).catch(() => {});
    await this.#forget();
    this.#link.tell({ note: 'signedOut' });
  }

  /** Connects with the sign-in that is stored. Gives whether there is one; the last state is shown either way. */
  async connect(): Promise<boolean> {
    await this.#restore();
    if (!this.#auth.possible) return false;
    this.#watch();
    this.#link.start();
    return true;
  }

  /** Closes the connection; what was loaded stays and what is written waits. */
  async disconnect(): Promise<void> {
    this.#unwatch();
    this.#media.now?.halt();
    this.#link.stop();
    await this.#saver.flush();
  }

  /** A conversation by id, whether or not it exists yet; the same handle each time. */
  conversation(id: string): ConversationHandle {
    const held = this.#handles.get(id);
    if (held) return held;
    const handle = new ConversationHandle(id, {
      conversations: this.#conversations,
      call: this.call,
      clock: this.#options.clock,
      receipts: this.#receipts,
      me: () => this.#me.get()?.id ?? '',
      mailer: this.#mailer,
      media: this.#media,
    });
    this.#handles.set(id, handle);
    return handle;
  }

  /** The direct conversation with someone; it comes into being with the first message. Fails while nobody is signed in. */
  direct(user: string): ConversationHandle {
    const me = this.#me.get();
    if (me === undefined) throw new SignedOut('sign in before you write to someone');
    return this.conversation(directId(me.id, user));
  }

  /** Whether people are here; followed for as long as someone listens. */
  presence(users: readonly string[]): Store<PresenceView> {
    return this.#presences.of(users);
  }

  /**
   * Where a picture of a person or conversation is to be had, for an element that is so many pixels of the screen wide:
   * of one that was uploaded the smallest square that fills it. Also where an emoji or sticker of the app is, or the
   * preview of a GIF.
   */
  resolve(picture: string, pixels = 512): string {
    if (!picture.startsWith('/')) return picture;
    const isAvatar = picture.startsWith(avatarPath(''));
    return atNode(this.#options.url, isAvatar ? `${picture}/${avatarSize(pixels)}` : picture);
  }

  /** Calls any operation: over the connection where there is one, else over HTTP. */
  readonly call = async <N extends OperationName>(op: N, input: Request<N>): Promise<Output<N>> => {
    const output = await this.#callSomehow(op, input);
    this.#absorb(input, output);
    return output;
  };

  async #callSomehow<N extends OperationName>(op: N, input: Request<N>): Promise<Output<N>> {
    const http =
      op.startsWith('auth.') || (this.connection.get().state === 'offline' && !SOCKET_ONLY.test(op));
    if (!http) return this.#link.call(op, input);
    await this.#restore();
    return this.#http(op, input, await this.#auth.access());
  }

  /** A reply shows what the change led to ahead of its events. */
  #absorb(input: unknown, output: unknown): void {
    const { conversation, self } = output as { conversation?: Conversation; self?: Self };
    const id = (input as { conversation?: string }).conversation;
    if (conversation !== undefined) this.#conversations.snapshot(conversation);
    if (self !== undefined && id !== undefined) this.#selfReplied(id, self);
  }

  #selfReplied(id: string, self: Self): void {
    this.#conversations.self(id, self);
    this.#sync.replied(self.rev);
    this.#conversations.touch(id);
  }

  #makeLink(): Link {
    const { url, clock, random, WebSocket, environment, tabs, bytes } = this.#options;
    const user = this.#linkUser();
    const connect = (one: LinkUser) =>
      new Connection(
        { url, clock, random, WebSocket, environment, authorize: (fresh) => this.#auth.access(fresh) },
        one,
      );
    if (!tabs) return connect(user);
    const { shared: name, locks, channel } = tabs;
    return new TabsLink({ name, locks, channel, clock, connect, tab: uuidv7(clock.now(), bytes(10)) }, user);
  }

  #linkUser(): LinkUser {
    return {
      cursor: () => this.#sync.standing.cursor,
      up: (opened) => {
        this.#up = true;
        this.#sync.up(opened);
        this.#presences.resume();
        this.#users.pump();
        this.#mailer.pump();
        this.#media.now?.up();
      },
      down: () => {
        this.#up = false;
        this.#sync.down();
      },
      event: (event) => this.#event(event),
      resync: () => this.#sync.resync(),
      signedOut: () => void this.#forget(false),
      note: (note) => this.#note(note),
      /** What another tab wrote and could not send is in storage. */
      leading: () => void this.#restoreOutbox(),
    };
  }

  #event(event: WireEvent): void {
    if (isConversationEvent(event)) return this.#conversations.event(event);
    if (isMyEvent(event)) return this.#sync.event(event);
    switch (event.event) {
      case 'receipt.changed':
        return this.#conversations.receipt(event.data.conversation, event.data);
      case 'typing.changed': {
        const { conversation, user, typing } = event.data;
        return this.#handles.get(conversation)?.heard(user, typing);
      }
      case 'presence.changed':
        return this.#presences.learn([event.data]);
      case 'user.changed':
        this.#users.learn([event.data]);
        return this.#conversations.person(event.data);
    }
  }

  #applyMine(event: MyEvent): void {
    if (event.event === 'stickers.changed') this.#ofApp.now?.stickers.heard(event.data.shelf);
    else if (event.event !== 'me.changed') this.#conversations.mine(event);
  }

  #note(note: Note): void {
    if (note.note === 'signedIn') void this.#otherTabSignedIn();
    else if (note.note === 'signedOut') void this.#forget();
    else if ('file' in note) void this.#media.get().then(({ desk }) => desk.hear(note));
    else {
      this.#mailer.hear(note);
      this.#bring();
    }
  }

  async #otherTabSignedIn(): Promise<void> {
    const before = this.#auth.tokens;
    const tokens = await this.#auth.load();
    if (tokens === undefined || tokens.accessToken === before?.accessToken) return;
    this.#forgetHere(true);
    this.#restored = undefined;
    await this.connect();
  }

  #stands(standing: Standing): void {
    if (standing.me) this.#me.set(standing.me);
    if (this.#link.leads) this.#saver.standing(standing);
  }

  #synced(): void {
    this.#link.synced();
    this.#conversations.resume();
    for (const handle of this.#handles.values()) handle.resume();
    this.#media.now?.shared.resume();
    this.#ofApp.now?.up();
    this.#receipts.pump();
    this.#mailer.pump();
  }

  /** [L10] Drops what came from the node. Sign-in and outbox stay: what was not acknowledged is still to be sent. */
  #wipe(): void {
    this.#conversations.wipe();
    if (this.#link.leads) void this.#saver.wipe();
  }

  async #signedIn(tokens: Tokens): Promise<void> {
    const before = this.#me.get();
    if (before !== undefined && before.id !== tokens.user.id) {
      await this.#forget();
      await this.#auth.accept(tokens);
    }
    this.#me.set(before?.id === tokens.user.id ? before : tokens.user);
    this.#users.learn([tokens.user]);
    this.#link.tell({ note: 'signedIn' });
    await this.connect();
  }

  /** Shows the last state; once, and again after a sign-out. */
  #restore(): Promise<void> {
    this.#restored ??= this.#load();
    return this.#restored;
  }

  async #load(): Promise<void> {
    const { storage } = this.#options;
    const [tokens, standing, conversations] = await Promise.all([
      this.#auth.load(),
      storage.get('meta', 'standing') as Promise<Standing | undefined>,
      storage.all('conversations') as Promise<Conversation[]>,
    ]);
    if (tokens !== undefined) this.#me.set(standing?.me ?? tokens.user);
    if (standing !== undefined) this.#sync.restore(standing);
    this.#conversations.restore(conversations);
    await this.#restoreOutbox();
  }

  async #restoreOutbox(): Promise<void> {
    const waiting = (await this.#options.storage.all('outbox')) as OutboxEntry[];
    this.#mailer.restore(waiting);
    this.#mailer.pump();
    this.#media.now?.desk.restore();
    this.#bring();
  }

  /** Has the files brought that messages wait for. */
  #bring(): void {
    if (this.#media.now) this.#media.now.desk.pump();
    else if (this.#mailer.all().some(waitsForFiles)) void this.#media.get();
  }

  #watch(): void {
    this.#unwatch();
    const { environment } = this.#options;
    this.#unwatch = environment.subscribe(() => {
      this.#link.setActive(environment.visible());
      if (!environment.visible()) void this.#saver.flush();
    });
  }

  /** Forgets everything on this device. */
  async #forget(stop = true): Promise<void> {
    this.#forgetHere(stop);
    await this.#saver.clear();
  }

  /** A link that was signed out has stopped by itself. */
  #forgetHere(stop: boolean): void {
    this.#up = false;
    this.#unwatch();
    if (stop) this.#link.stop();
    this.#auth.drop();
    this.#sync.reset();
    this.#mailer.clear();
    this.#media.now?.clear();
    this.#receipts.clear();
    this.#users.clear();
    this.#presences.clear();
    this.#ofApp.now?.clear();
    this.#conversations.wipe();
    this.#me.set(undefined);
  }
}
