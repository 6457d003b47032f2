/** The unprivileged identity that PostgreSQL's processes take; absent when the node is not root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Finished {
  /** 127 when the program could not be started at all. */
  readonly code: number;
  /** stdout and stderr, in that order. */
  readonly output: string;
}

/** Runs a program to its end. */
export type Run = (command: readonly string[], account?: Account) => Promise<Finished>;

/**
 * PostgreSQL's processes get this and nothing of the node's environment, which holds secrets and could hold
 * PG* variables that change what initdb and the server do.
 */
export const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export const run: Run = async (command, account) => {
  try {
    const child = Bun.spawn([...command], {
      ...account,
      // The node's working directory may be one that the account cannot enter.
      cwd: '/',
      env: ENVIRONMENT,
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    });
    const [out, err, code] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited,
    ]);
    return { code, output: out + err };
  } catch (error) {
    return { code: 127, output: error instanceof Error ? error.message : String(error) };
  }
};
