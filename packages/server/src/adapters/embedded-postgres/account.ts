import { statSync } from 'node:fs';
import { AccountUnavailable } from './errors.ts';
import { type Account, type Run, run } from './process.ts';

/** The system user that PostgreSQL runs as when the node is root. */
export const ACCOUNT_NAME = 'inlay-postgres';

/** The first form is shadow-utils', the second BusyBox's. */
function waysToCreate(name: string): string[][][] {
  const home = '/nonexistent';
  return [
    [
      [
        'useradd',
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        home,
        '--shell',
        '/bin/false',
        name,
      ],
    ],
    [
      ['addgroup', '-S', name],
      ['adduser', '-S', '-D', '-H', '-h', home, '-s', '/bin/false', '-G', name, name],
    ],
  ];
}

async function lookUp(name: string, exec: Run): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([exec(['id', '-u', name]), exec(['id', '-g', name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.output), gid: Number(gid.output) };
}

/**
 * Finds the system user, or creates it without home and login.
 * @throws AccountUnavailable when the system has no means to, or refuses.
 */
export async function findOrCreateAccount(name = ACCOUNT_NAME, exec: Run = run): Promise<Account> {
  const existing = await lookUp(name, exec);
  if (existing) return existing;
  let said = '';
  for (const commands of waysToCreate(name)) {
    for (const command of commands) {
      const { code, output } = await exec(command);
      if (code !== 0) said = output;
    }
    const created = await lookUp(name, exec);
    if (created) return created;
  }
  throw new AccountUnavailable(name, said);
}

/**
 * Who PostgreSQL runs as. Undefined means "as the node itself", which is not root then. Files that are already
 * there decide: a folder once used by an ordinary user stays that user's when the node is started with sudo.
 * @param data PostgreSQL's own folder, which need not exist.
 */
export async function accountFor(data: string | undefined): Promise<Account | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  const owner = data ? statSync(data, { throwIfNoEntry: false }) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return findOrCreateAccount();
}
