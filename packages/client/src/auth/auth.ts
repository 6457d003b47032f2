import type { Tokens } from '@inlay-im/protocol';
import type { Clock } from '../clock.ts';
import { AHEAD } from '../connection/connection.ts';
import { InlayError, isCode, SignedOut } from '../requests/errors.ts';
import type { HttpCall } from '../requests/http.ts';
import type { Storage } from '../storage/storage.ts';

/** Gives a JWT of the host app's backend, a new one at each call. */
export type HostToken = () => Promise<string>;

/** The ways in. A one-time code needs the ticket that `requestCode` gave. */
export type Credentials =
  | { token: string | HostToken }
  | { username: string; password: string }
  | { ticket: string; code: string; name?: string }
  | { guest: true; name?: string };

/** Runs one at a time whatever has the same name, in all tabs. */
export type Lock = <T>(name: string, run: () => Promise<T>) => Promise<T>;

export interface AuthOptions {
  readonly http: HttpCall;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly lock: Lock;
  /** The app and the device's name, as every sign-in takes them. */
  readonly where: { app?: string; device?: string };
  /** Where the host app gives tokens: it is asked anew when a sign-in cannot be refreshed. */
  readonly hostToken: HostToken | undefined;
}

/**
 * The sign-in of this device. A refresh token works once and its reuse signs the device out, so that refreshing is
 * one at a time in this client and, through storage and lock, in all tabs.
 */
export class Auth {
  readonly #options: AuthOptions;
  #hostToken: HostToken | undefined;
  #tokens: Tokens | undefined;
  #refreshing: Promise<string> | undefined;

  constructor(options: AuthOptions) {
    this.#options = options;
    this.#hostToken = options.hostToken;
  }

  get tokens(): Tokens | undefined {
    return this.#tokens;
  }

  /** Whether there is a sign-in, or a way to make one without the person. */
  get possible(): boolean {
    return this.#tokens !== undefined || this.#hostToken !== undefined;
  }

  /** Takes over what this device, or another tab, stored. */
  async load(): Promise<Tokens | undefined> {
    this.#tokens = (await this.#options.storage.get('meta', 'tokens')) as Tokens | undefined;
    return this.#tokens;
  }

  async signIn(credentials: Credentials): Promise<Tokens> {
    const { http, where } = this.#options;
    if ('token' in credentials) {
      const { token } = credentials;
      if (typeof token === 'function') this.#hostToken = token;
      return this.#signInWithToken(typeof token === 'function' ? await token() : token);
    }
    if ('password' in credentials)
      return this.accept(await http('auth.signInWithPassword', { ...credentials, ...where }));
    if ('ticket' in credentials)
      return this.accept(await http('auth.signInWithCode', { ...credentials, ...where }));
    const { guest: _, ...name } = credentials;
    return this.accept(await http('auth.signInAsGuest', { ...name, ...where }));
  }

  async signUp(account: { username: string; password: string; name?: string }): Promise<Tokens> {
    return this.accept(await this.#options.http('auth.signUp', { ...account, ...this.#options.where }));
  }

  /**
   * An access token that holds for a while, or with `fresh` another one than the last. Fails with `SignedOut` where
   * the person has to sign in again, and with what went wrong where a later attempt may succeed.
   */
  access(fresh = false): Promise<string> {
    const held = this.#tokens;
    if (!fresh && held !== undefined && this.#holds(held)) return Promise.resolve(held.accessToken);
    this.#refreshing ??= this.#options
      .lock('refresh', () => this.#renew(held))
      .finally(() => {
        this.#refreshing = undefined;
      });
    return this.#refreshing;
  }

  /** Forgets the tokens of this client; the storage is cleared by whoever calls this. */
  drop(): void {
    this.#tokens = undefined;
    this.#hostToken = this.#options.hostToken;
  }

  #holds(tokens: Tokens): boolean {
    return tokens.expiresAt - this.#options.clock.now() > AHEAD;
  }

  async #renew(held: Tokens | undefined): Promise<string> {
    const stored = await this.load();
    if (stored !== undefined && stored.accessToken !== held?.accessToken && this.#holds(stored)) {
      return stored.accessToken;
    }
    if (stored === undefined) return (await this.#signInAgain()).accessToken;
    try {
      const { refreshToken } = stored;
      return (await this.accept(await this.#options.http('auth.refresh', { refreshToken }))).accessToken;
    } catch (error) {
      if (!isCode(error, 'wrong_credentials') && !isCode(error, 'signed_out')) throw error;
      return (await this.#signInAgain()).accessToken;
    }
  }

  async #signInAgain(): Promise<Tokens> {
    if (this.#hostToken === undefined) throw new SignedOut('this device is not signed in');
    try {
      return await this.#signInWithToken(await this.#hostToken());
    } catch (error) {
      if (error instanceof InlayError && !error.retry) throw new SignedOut(error.message, { cause: error });
      throw error;
    }
  }

  async #signInWithToken(token: string): Promise<Tokens> {
    return this.accept(await this.#options.http('auth.signInWithToken', { token, ...this.#options.where }));
  }

  async accept(tokens: Tokens): Promise<Tokens> {
    this.#tokens = tokens;
    await this.#options.storage.transaction([{ put: 'meta', key: 'tokens', value: tokens }]);
    return tokens;
  }
}
