import type { Scope } from '@inlay-im/protocol';
import type { Generated, JSONColumnType } from 'kysely';
import type { AppSettings } from './settings.ts';

export interface AppsTables {
  apps: {
    pk: Generated<number>;
    id: string;
    name: string;
    secret: string;
    /** Where its picture is. */
    avatar: string | null;
    settings: JSONColumnType<Partial<AppSettings>, string | undefined, string>;
    created_at: Date;
  };
  app_public_keys: { app: number; kid: string; alg: 'EdDSA' | 'RS256'; pem: string; created_at: Date };
  api_keys: {
    id: string;
    app: number;
    hash: Uint8Array;
    name: string;
    scopes: Scope[];
    created_at: Date;
    last_used_at: Date | null;
    revoked_at: Date | null;
  };
  node_state: {
    one: Generated<boolean>;
    epoch: string;
    system_id: string | null;
    timeline: number | null;
    token_secret: string;
  };
}
