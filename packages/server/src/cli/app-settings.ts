import { readFile } from 'node:fs/promises';
import { reason } from '../core/log.ts';
import {
  AppSettings,
  addPublicKey,
  readPublicKeys,
  removePublicKey,
  writeSettings,
} from '../slices/apps/index.ts';
import { namedApp } from './named-app.ts';
import { CliError, print, table } from './output.ts';
import { settings } from './settings.ts';
import { withDatabase } from './with-database.ts';

type Setting = keyof AppSettings;
const NAMES = Object.keys(AppSettings.shape) as Setting[];
const VALUES: Readonly<Record<string, boolean>> = { on: true, off: false };
const word = (on: boolean): string => (on ? 'on' : 'off');

/** Said after a change: the command is another process than the nodes. */
const SOON = 'running nodes follow within 5 seconds.';

/** Prints what an app may switch, and the public keys by which its tokens are checked. */
export async function showApp(id: string): Promise<void> {
  const { app, keys } = await withDatabase(settings(), async ({ db }) => {
    const found = await namedApp(db, id);
    return { app: found, keys: await readPublicKeys(db, found.pk) };
  });
  print(table([['SETTING', 'VALUE'], ...NAMES.map((name) => [name, word(app.settings[name])])]));
  if (keys.size > 0)
    print(`\n${table([['PUBLIC KEY', 'ALGORITHM'], ...[...keys].map(([kid, { alg }]) => [kid, alg])])}`);
}

/** Switches a setting of an app on or off. */
export async function setApp(id: string, name: string, value: string): Promise<void> {
  const setting = NAMES.find((each) => each === name);
  if (setting === undefined)
    throw new CliError(`"${name}" is no setting: expected one of ${NAMES.join(', ')}.`);
  const on = Object.hasOwn(VALUES, value) ? VALUES[value] : undefined;
  if (on === undefined) throw new CliError(`"${value}" is neither on nor off.`);
  await withDatabase(settings(), async ({ db }) => {
    await namedApp(db, id);
    await writeSettings(db, id, { [setting]: on });
  });
  print(`${setting} is ${word(on)} for the app "${id}"; ${SOON}`);
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CliError(`The file "${file}" cannot be read: ${reason(error)}.`);
  }
}

/** Registers a public key of the host app's backend, in place of one of the same id. */
export async function addKey(id: string, kid: string, file: string): Promise<void> {
  if (!/^[!-~]{1,100}$/.test(kid))
    throw new CliError('The key id (kid) has 1 to 100 characters and no spaces.');
  const pem = await readPem(file);
  const alg = await withDatabase(settings(), async ({ db }) => {
    const { pk } = await namedApp(db, id);
    return await addPublicKey(db, { app: pk, kid, pem, at: new Date() });
  });
  print(`Tokens of the app "${id}" signed with ${alg} and the "kid" ${kid} are accepted; ${SOON}`);
}

/** Takes a public key back: tokens that it checks are refused. */
export async function removeKey(id: string, kid: string): Promise<void> {
  const gone = await withDatabase(settings(), async ({ db }) =>
    removePublicKey(db, (await namedApp(db, id)).pk, kid),
  );
  if (!gone)
    throw new CliError(`The app "${id}" has no public key "${kid}"; "inlay apps show ${id}" lists them.`);
  print(`The public key ${kid} of the app "${id}" is gone; ${SOON}`);
}
