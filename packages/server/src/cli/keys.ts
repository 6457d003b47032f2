import { randomBytes } from 'node:crypto';
import { SCOPES, type Scope } from '@inlay-im/protocol';
import { createApiKey, listApiKeys, revokeApiKey } from '../slices/apps/index.ts';
import { namedApp } from './named-app.ts';
import { CliError, print, table } from './output.ts';
import { settings } from './settings.ts';
import { withDatabase } from './with-database.ts';

export interface KeyOptions {
  app: string;
}

export interface NewKeyOptions extends KeyOptions {
  scopes: string;
}

const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);

/** What `--scopes` names: `all`, or some of them with commas between. */
function readScopes(text: string): readonly Scope[] {
  if (text === 'all') return SCOPES;
  const parts = [...new Set(text.split(',').map((part) => part.trim()))].filter((part) => part !== '');
  const wrong = parts.filter((part) => !isScope(part));
  if (parts.length === 0 || wrong.length > 0) {
    const found = wrong.length === 0 ? 'none was given' : `"${wrong.join('", "')}" is no scope`;
    throw new CliError(`--scopes: ${found}. Expected all, or some of ${SCOPES.join(',')}.`);
  }
  return parts.filter(isScope);
}

/** Makes an API key and prints it, which is the only time that it is seen. */
export async function createKey(name: string, { app, scopes: given }: NewKeyOptions): Promise<void> {
  const scopes = readScopes(given);
  const label = name.trim();
  if (label === '' || label.length > 100) throw new CliError('The name of a key has 1 to 100 characters.');
  const { id, key } = await withDatabase(settings(), async ({ db }) => {
    const { pk } = await namedApp(db, app);
    return await createApiKey(db, { app: pk, name: label, scopes, at: new Date(), randomBytes });
  });
  print(`Key     ${key}`);
  print(`Id      ${id}`);
  print(`Scopes  ${scopes.join(',')}`);
  print('Keep the key where your backend keeps its secrets: it is shown this once and not stored.');
}

const day = (at: Date | null): string => at?.toISOString().slice(0, 16).replace('T', ' ') ?? '';

/** Prints an app's API keys without their secrets. */
export async function listKeys({ app }: KeyOptions): Promise<void> {
  const keys = await withDatabase(
    settings(),
    async ({ db }) => await listApiKeys(db, (await namedApp(db, app)).pk),
  );
  const rows = keys.map((k) => [
    k.id,
    k.name,
    day(k.created_at),
    day(k.last_used_at) || 'never',
    k.revoked_at === null ? k.scopes.join(',') : `revoked ${day(k.revoked_at)}`,
  ]);
  print(table([['ID', 'NAME', 'MADE (UTC)', 'LAST USED', 'SCOPES'], ...rows]));
}

/** Revokes an API key for good. Takes its id, or the key itself, of which the id is a part. */
export async function revokeKey(given: string, { app }: KeyOptions): Promise<void> {
  const id = /^ik_([a-z2-7]+)_/.exec(given)?.[1] ?? given;
  const revoked = await withDatabase(settings(), async ({ db }) => {
    const { pk } = await namedApp(db, app);
    return await revokeApiKey(db, { app: pk, id, at: new Date() });
  });
  // The id alone: the argument may be the key.
  if (!revoked)
    throw new CliError(
      `The app "${app}" has no key "${id}" that is still good; "inlay keys list" shows them.`,
    );
  print(`The key ${id} is revoked; running nodes refuse it within 5 seconds.`);
}
