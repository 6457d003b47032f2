import { InlayError, isUserId, type Scope } from '@inlay-im/protocol';
import type { App, Caller } from '../core/caller.ts';
import type { Identity } from './open-session.ts';

/** What a request over HTTP says of who sends it. */
export interface Credentials {
  authorization: string | undefined;
  /** The person in whose name a backend acts. */
  actAs: string | undefined;
  address: string;
}

export interface AuthenticateDeps {
  verifyAccessToken(token: string): Promise<Identity>;
  keys: {
    looksLikeKey(text: string): boolean;
    verify(key: string): Promise<{ app: App; scopes: readonly Scope[] }>;
  };
  /** Brings a person into being whom a backend names for the first time. */
  introduce(app: number, user: string): Promise<void>;
}

const BEARER = /^Bearer ([!-~]{1,4096})$/i;

function nobody(address: string): Caller {
  return { app: { pk: 0, id: '' }, user: null, device: null, scopes: null, session: null, address };
}

/** Whose request it is: a person's by an access token, a backend's by an API key, or nobody's yet. */
export function createAuthenticate({ verifyAccessToken, keys, introduce }: AuthenticateDeps) {
  async function backend(key: string, { actAs, address }: Credentials): Promise<Caller> {
    const { app, scopes } = await keys.verify(key);
    if (actAs === undefined) return { ...nobody(address), app, scopes };
    if (!isUserId(actAs)) {
      throw new InlayError('invalid_input', 'The header "Inlay-User" is no user id.', {
        field: 'Inlay-User',
      });
    }
    // A key that may only read brings nobody into being.
    if (scopes.some((scope) => scope.endsWith(':write'))) await introduce(app.pk, actAs);
    return { ...nobody(address), app, scopes, user: actAs };
  }

  return async (credentials: Credentials): Promise<Caller> => {
    const { authorization, actAs, address } = credentials;
    if (authorization === undefined) return nobody(address);
    const [, token] = BEARER.exec(authorization) ?? [];
    if (token === undefined) {
      throw new InlayError(
        'unauthenticated',
        'Expected the header "Authorization: Bearer <access token or API key>".',
      );
    }
    if (keys.looksLikeKey(token)) return await backend(token, credentials);
    if (actAs !== undefined) {
      throw new InlayError('forbidden', 'Only a backend with an API key acts in the name of others.', {
        field: 'Inlay-User',
      });
    }
    const { app, user, device } = await verifyAccessToken(token);
    return { ...nobody(address), app, user, device };
  };
}
