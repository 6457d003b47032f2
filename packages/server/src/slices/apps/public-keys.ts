import { createPublicKey, type KeyObject } from 'node:crypto';
import { InlayError } from '@inlay-im/protocol';
import type { Db } from '../../db/database.ts';

export type HostKeyAlg = 'EdDSA' | 'RS256';

/** A key by which the host app's tokens are checked, with the one algorithm that it is good for. */
export interface HostKey {
  alg: HostKeyAlg;
  key: KeyObject;
}

/** RFC 7518 section 3.3. */
const RSA_BITS = 2048;

function wrong(message: string): InlayError {
  return new InlayError('invalid_input', message, { field: 'pem' });
}

/** The public key in a PEM text, and what it is good for. Throws `invalid_input`. */
function readPem(pem: string): HostKey {
  // A private key would be taken, too, as it contains the public one; it has no business here.
  if (!pem.includes('BEGIN PUBLIC KEY'))
    throw wrong('Expected a public key in PEM: -----BEGIN PUBLIC KEY-----');
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw wrong('This PEM text holds no public key that can be read.');
  }
  if (key.asymmetricKeyType === 'ed25519') return { alg: 'EdDSA', key };
  if (key.asymmetricKeyType !== 'rsa') throw wrong('Expected an Ed25519 key (EdDSA) or an RSA key (RS256).');
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < RSA_BITS)
    throw wrong(`Expected an RSA key of at least ${RSA_BITS} bits.`);
  return { alg: 'RS256', key };
}

export interface NewPublicKey {
  app: number;
  /** The `kid` that the tokens' headers name. */
  kid: string;
  pem: string;
  at: Date;
}

/** Registers a public key of the host app, in place of one of the same id. Gives its algorithm; throws `invalid_input`. */
export async function addPublicKey(db: Db, { app, kid, pem, at }: NewPublicKey): Promise<HostKeyAlg> {
  const { alg } = readPem(pem);
  await db
    .insertInto('app_public_keys')
    .values({ app, kid, alg, pem, created_at: at })
    .onConflict((oc) => oc.columns(['app', 'kid']).doUpdateSet({ alg, pem, created_at: at }))
    .execute();
  return alg;
}

/** Takes a public key back; says whether there was one. */
export async function removePublicKey(db: Db, app: number, kid: string): Promise<boolean> {
  const gone = await db
    .deleteFrom('app_public_keys')
    .where('app', '=', app)
    .where('kid', '=', kid)
    .returning('kid')
    .executeTakeFirst();
  return gone !== undefined;
}

export async function readPublicKeys(db: Db, app: number): Promise<ReadonlyMap<string, HostKey>> {
  const rows = await db
    .selectFrom('app_public_keys')
    .select(['kid', 'alg', 'pem'])
    .where('app', '=', app)
    .execute();
  return new Map(rows.map(({ kid, alg, pem }) => [kid, { alg, key: createPublicKey(pem) }]));
}
