import { Cell, type Client, type Store } from '@inlay-im/client';
import { clientOf, fetchToken, firstThis, firstToken, subjectOf } from '@inlay-im/react/connection';
import type { Connection } from '../config.ts';

/** `waiting`: it is not known yet who is there, or who is there signs in. `nobody`: nobody is signed in. */
export type Standing = 'waiting' | 'somebody' | 'nobody';

/**
 * One person's connection, shared by all that the page shows of it.
 *
 * Each person has a place of their own in the page's storage: whoever signs in with the page after someone else must
 * not find that one's conversations. So the page's backend is asked who is there before anything that is stored is
 * shown, unless the page says it.
 */
export class Session {
  readonly connection: Connection;
  readonly #client = new Cell<Client | undefined>(undefined);
  readonly #standing = new Cell<Standing>('waiting');
  readonly #over = new AbortController();

  constructor(connection: Connection) {
    this.connection = connection;
    void this.#begin();
  }

  get client(): Store<Client | undefined> {
    return this.#client;
  }

  get standing(): Store<Standing> {
    return this.#standing;
  }

  /** Whether the page's backend says who is there. */
  get isHost(): boolean {
    const { getToken, tokenUrl } = this.connection;
    return getToken !== undefined || tokenUrl !== undefined;
  }

  /** Called when something is opened: only then a guest comes into being, so that visitors who never ask are none. */
  async enter(): Promise<void> {
    const { guest } = this.connection;
    const client = this.#client.get();
    if (guest === undefined || this.isHost || client === undefined || this.#standing.get() !== 'nobody')
      return;
    this.#standing.set('waiting');
    const signingIn = client.signIn({ guest: true, ...(guest === '' ? {} : { name: guest }) });
    await signingIn.catch(() => this.#standing.set('nobody'));
  }

  /** Asks once more who is there, where nobody was. */
  async retry(): Promise<void> {
    if (this.#standing.get() !== 'nobody' || !this.isHost) return this.enter();
    await this.#client.get()?.disconnect();
    this.#client.set(undefined);
    this.#standing.set('waiting');
    await this.#begin();
  }

  /** Signs this person out on this device and forgets everything that was kept of them. */
  async signOut(): Promise<void> {
    await this.#client.get()?.signOut();
  }

  async end(): Promise<void> {
    this.#over.abort();
    await this.#client.get()?.disconnect();
  }

  async #begin(): Promise<void> {
    const { getToken, tokenUrl, user, guest } = this.connection;
    const ask = getToken ?? (tokenUrl === undefined ? undefined : () => fetchToken(tokenUrl));
    if (ask === undefined) return this.#connect(guest === undefined ? '' : 'guest');
    if (user !== undefined) return this.#connect(`user:${user}`, ask);
    const token = await firstToken(ask, this.#over.signal);
    if (token === undefined) return this.#standing.set('nobody');
    await this.#connect(`user:${subjectOf(token) ?? ''}`, firstThis(token, ask));
  }

  async #connect(person: string, auth?: () => Promise<string>): Promise<void> {
    if (this.#over.signal.aborted) return;
    const client = clientOf(this.connection, person, auth);
    this.#client.set(client);
    client.me.subscribe(() => this.#look(client));
    client.connection.subscribe(() => this.#look(client));
    const hasWayIn = await client.connect().catch(() => false);
    if (this.#over.signal.aborted) await client.disconnect();
    else if (!hasWayIn) this.#standing.set('nobody');
  }

  #look(client: Client): void {
    if (client !== this.#client.get()) return;
    const isThere = client.me.get() !== undefined;
    if (isThere) this.#standing.set('somebody');
    else if (this.#standing.get() === 'somebody' || client.connection.get().state === 'signedOut')
      this.#standing.set('nobody');
  }
}
