import { createHash, timingSafeEqual } from 'node:crypto';
import { InlayError, type Scope } from '@inlay-im/protocol';
import type { App } from '../../core/caller.ts';
import { FreshCache } from '../../core/fresh-cache.ts';
import { type Logger, reason } from '../../core/log.ts';
import { OnceAMinute } from '../../core/once-a-minute.ts';
import { type RandomBytes, randomId } from '../../core/random-id.ts';
import type { Db } from '../../db/database.ts';

const PATTERN = /^ik_([a-z2-7]{16})_([a-z2-7]{52})$/;
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

export interface NewApiKey {
  app: number;
  name: string;
  scopes: readonly Scope[];
  at: Date;
  randomBytes: RandomBytes;
}

/** Makes a key for the host app's backend. What it gives is the only time that the key is seen. */
export async function createApiKey(db: Db, o: NewApiKey): Promise<{ id: string; key: string }> {
  const id = randomId(o.randomBytes, 16);
  const secret = randomId(o.randomBytes, 52);
  await db
    .insertInto('api_keys')
    .values({
      id,
      app: o.app,
      hash: sha256(secret),
      name: o.name,
      scopes: [...o.scopes],
      created_at: o.at,
      last_used_at: null,
      revoked_at: null,
    })
    .execute();
  return { id, key: `ik_${id}_${secret}` };
}

/** Revokes a key for good; nodes notice within seconds. Says whether it was good until now. */
export async function revokeApiKey(db: Db, o: { app: number; id: string; at: Date }): Promise<boolean> {
  const row = await db
    .updateTable('api_keys')
    .set({ revoked_at: o.at })
    .where('app', '=', o.app)
    .where('id', '=', o.id)
    .where('revoked_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** An app's keys without their secrets, the newest first. */
export async function listApiKeys(db: Db, app: number) {
  return await db
    .selectFrom('api_keys')
    .select(['id', 'name', 'scopes', 'created_at', 'last_used_at', 'revoked_at'])
    .where('app', '=', app)
    .orderBy('created_at', 'desc')
    .execute();
}

interface Found {
  app: App;
  hash: Uint8Array;
  scopes: readonly Scope[];
}

async function find(db: Db, id: string): Promise<Found | undefined> {
  const row = await db
    .selectFrom('api_keys')
    .innerJoin('apps', 'apps.pk', 'api_keys.app')
    .select(['apps.pk', 'apps.id', 'api_keys.hash', 'api_keys.scopes'])
    .where('api_keys.id', '=', id)
    .where('api_keys.revoked_at', 'is', null)
    .executeTakeFirst();
  return row && { app: { pk: row.pk, id: row.id }, hash: row.hash, scopes: row.scopes };
}

async function noteUse(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('api_keys').set({ last_used_at: at }).where('id', '=', id).execute();
}

/** A revoked key works this much longer on a node that used it just before, in ms. */
export const API_KEY_TTL = 5_000;
const KEYS = 10_000;

const invalid = (): InlayError =>
  new InlayError('unauthenticated', 'This API key is not valid, or was revoked.');

export interface ApiKeysDeps {
  db: Db;
  logger: Logger;
  now: () => number;
}

export interface ApiKeys {
  /** Whether a credential has the form of a key, to tell it from an access token. */
  looksLikeKey(text: string): boolean;
  /** Whose key it is and what it may do. Throws `unauthenticated`. */
  verify(key: string): Promise<{ app: App; scopes: readonly Scope[] }>;
}

/** The keys of backends, from memory as a rule. */
export function createApiKeys({ db, logger, now }: ApiKeysDeps): ApiKeys {
  const cache = new FreshCache<Found>({ keys: KEYS, ttl: API_KEY_TTL, now, load: (id) => find(db, id) });
  const uses = new OnceAMinute(KEYS);
  return {
    looksLikeKey: (text) => text.startsWith('ik_'),
    async verify(key) {
      const [, id = '', secret = ''] = PATTERN.exec(key) ?? [];
      if (id === '') throw invalid();
      const found = await cache.get(id);
      if (found === undefined || !timingSafeEqual(sha256(secret), found.hash)) throw invalid();
      const at = now();
      if (uses.due(id, at)) {
        noteUse(db, id, new Date(at)).catch((error: unknown) => {
          logger.warn('the use of an API key was not noted', { key: id, reason: reason(error) });
        });
      }
      return { app: found.app, scopes: found.scopes };
    },
  };
}
