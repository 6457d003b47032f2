import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { OtherMajorVersion, StartFailed } from './errors.ts';
import { makePrivate } from './places.ts';
import { type Account, run } from './process.ts';
import { type Machine, OWN_SETTINGS_FILE, SETTINGS_FILE, settingsText } from './settings.ts';

export const SUPERUSER = 'inlay';

const LOCALE = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
/** The socket's folder is open to its owner only, which is all the authentication there is need for. */
const ACCESS = ['--auth-local=trust', '--auth-host=reject', `--username=${SUPERUSER}`];

const CONFIG_END = `\ninclude '${SETTINGS_FILE}'\ninclude '${OWN_SETTINGS_FILE}'\n`;
const OWN_SETTINGS = '# Settings of your own; they win over those of Inlay and are never changed by it.\n';

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

interface TextFile {
  readonly path: string;
  readonly text: string;
  /** `a` appends; `wx` makes the file, and refuses to write through a link that is there already. */
  readonly flags: 'a' | 'wx';
}

async function writeDurably({ path, text, flags }: TextFile, account: Account | undefined): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(text);
    if (account) await file.chown(account.uid, account.gid);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Made under another name and then renamed, so that `data` is either whole or not there. */
async function create(home: string, { folder }: Binaries, account: Account | undefined): Promise<void> {
  const half = join(home, 'data.new');
  await rm(half, { recursive: true, force: true });
  makePrivate(half, account);
  const initdb = await run([join(folder, 'bin', 'initdb'), '-D', half, ...LOCALE, ...ACCESS], account);
  if (initdb.code !== 0) throw new StartFailed('initdb', initdb.output);
  await writeDurably({ path: join(half, 'postgresql.conf'), text: CONFIG_END, flags: 'a' }, account);
  await writeDurably({ path: join(half, OWN_SETTINGS_FILE), text: OWN_SETTINGS, flags: 'wx' }, account);
  await syncFolder(half);
  await rename(half, join(home, 'data'));
  await syncFolder(home);
  await syncFolder(dirname(home));
}

/** Through a file of a fresh name: root must not write through a link that the account put there. */
async function writeSettings(data: string, machine: Machine, account: Account | undefined): Promise<void> {
  const half = join(data, `${SETTINGS_FILE}.${crypto.randomUUID()}`);
  await writeDurably({ path: half, text: settingsText(machine), flags: 'wx' }, account);
  await rename(half, join(data, SETTINGS_FILE));
}

/** The major version that wrote the folder, undefined for a folder that is not there. */
async function writtenBy(data: string): Promise<string | undefined> {
  return (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined))?.trim();
}

export interface ClusterOptions {
  readonly home: string;
  readonly binaries: Binaries;
  readonly machine: Machine;
  readonly account: Account | undefined;
}

/**
 * Makes `<home>/data` ready to be started: created if missing, settings written anew.
 * @throws OtherMajorVersion, StartFailed
 */
export async function prepareCluster({ home, binaries, machine, account }: ClusterOptions): Promise<string> {
  const data = join(home, 'data');
  const version = await writtenBy(data);
  if (version === undefined) await create(home, binaries, account);
  else if (version !== String(binaries.major)) throw new OtherMajorVersion(data, version, binaries.major);
  await writeSettings(data, machine, account);
  return data;
}
