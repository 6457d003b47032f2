import { afterEach, describe, expect, setDefaultTimeout, test } from 'bun:test';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { ACCOUNT_NAME, accountFor, findOrCreateAccount } from './account.ts';
import { packagedFolder, usableBinaries } from './binaries.ts';
import { AccountUnavailable, BinariesUnusable, FolderUnusable, PlatformUnsupported } from './errors.ts';
import { SYSTEM_FOLDER } from './places.ts';
import type { Finished, Run } from './process.ts';
import { cleanUp, connect, dataFolder, start } from './testing.ts';

setDefaultTimeout(30_000);
afterEach(cleanUp);

const asRoot = process.geteuid?.() === 0;

describe.if(asRoot)('started as root', () => {
  test('PostgreSQL runs as a user of its own with no other groups', async () => {
    const server = await start(dataFolder());
    const account = await findOrCreateAccount();
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    expect(status).toMatch(new RegExp(`^Uid:\\s+${account.uid}\\s+${account.uid}\\s+${account.uid}`, 'm'));
    expect(status).toMatch(/^Groups:\s*$/m);
    const environment = readFileSync(`/proc/${server.pid}/environ`, 'utf8');
    expect(environment).not.toContain('HOME=');
  });

  test('a folder that this user cannot enter keeps the database elsewhere, with a link to it', async () => {
    const dataDir = dataFolder(0o700);
    const lines: string[] = [];
    const first = await start(dataDir, lines);
    await connect(first).unsafe('CREATE TABLE t AS SELECT 1 AS n');
    await first.stop();
    expect(lines.filter((line) => line.includes(`kept in ${SYSTEM_FOLDER}`))).toHaveLength(1);
    expect(lstatSync(join(dataDir, 'postgres')).isSymbolicLink()).toBe(true);

    const moved = `${dataDir}-moved`;
    renameSync(dataDir, moved);
    try {
      const second = await start(moved);
      expect([...(await connect(second)`SELECT n FROM t`)]).toMatchObject([{ n: 1 }]);
      await second.stop();
    } finally {
      renameSync(moved, dataDir);
    }
  });

  test('a database that became unreachable is not replaced by an empty one', async () => {
    const dataDir = dataFolder();
    await (await start(dataDir)).stop();
    chmodSync(dataDir, 0o700);
    const refusal = await start(dataDir).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(FolderUnusable);
    expect(String(refusal)).toContain('chmod');
    chmodSync(dataDir, 0o711);
    await start(dataDir);
  });

  test('binaries that this user cannot reach are run from a copy, its links made', async () => {
    const hidden = join(dataFolder(0o700), 'package');
    const cache = join(dataFolder(), 'cache');
    cpSync(join(packagedFolder(), '..'), hidden, { recursive: true, verbatimSymlinks: true });
    const account = await findOrCreateAccount();
    const binaries = await usableBinaries(join(hidden, 'native'), cache, account);
    expect(binaries).toMatchObject({ major: 18 });
    expect(binaries.folder.startsWith(cache)).toBe(true);
    const made = statSync(binaries.folder).ino;
    await usableBinaries(join(hidden, 'native'), cache, account);
    expect(statSync(binaries.folder).ino).toBe(made);
  });

  test('a folder owned by an ordinary user stays that user’s', async () => {
    const folder = dataFolder();
    Bun.spawnSync(['chown', '65534:65533', folder]);
    expect(await accountFor(folder)).toEqual({ uid: 65534, gid: 65533 });
  });
});

test('a system without means to create users says what to do', async () => {
  const nothing: Run = async () => ({ code: 127, output: 'no such program' });
  const refusal = await findOrCreateAccount('nobody-here', nothing).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(AccountUnavailable);
  expect(String(refusal)).toContain('INLAY_DATABASE_URL');
});

test('where useradd is missing, BusyBox’s adduser is used', async () => {
  let created = false;
  const busybox: Run = async ([program, flag]): Promise<Finished> => {
    if (program === 'adduser') created = true;
    if (program === 'id') return { code: created ? 0 : 1, output: flag === '-u' ? '101\n' : '102\n' };
    return { code: program === 'useradd' ? 127 : 0, output: '' };
  };
  expect(await findOrCreateAccount(ACCOUNT_NAME, busybox)).toEqual({ uid: 101, gid: 102 });
});

test('a platform without binaries says what to do', () => {
  expect(() => packagedFolder('plan9-mips')).toThrow(PlatformUnsupported);
  expect(() => packagedFolder('plan9-mips')).toThrow('INLAY_DATABASE_URL');
});

test('binaries that do not run even as a copy say what to do', async () => {
  const folder = dataFolder();
  mkdirSync(join(folder, 'native', 'bin'), { recursive: true });
  await Bun.write(join(folder, 'package.json'), '{"version":"18.0.0"}');
  await Bun.write(join(folder, 'native', 'bin', 'postgres'), 'not a program');
  const refusal = await usableBinaries(join(folder, 'native'), folder).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(BinariesUnusable);
  expect(existsSync(join(folder, `postgresql-18.0.0-${process.arch}`))).toBe(true);
});
