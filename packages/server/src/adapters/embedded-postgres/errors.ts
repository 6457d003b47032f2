/**
 * Why the embedded PostgreSQL did not start. Each message is one or two sentences for the person who started
 * the node: what is wrong, and what to do about it.
 */
class EmbeddedPostgresError extends Error {
  override readonly name: string = 'EmbeddedPostgresError';
}

const ELSEWHERE = 'set INLAY_DATABASE_URL to the address of a PostgreSQL 15 or newer';

/** No binaries are installed for this operating system and processor. */
export class PlatformUnsupported extends EmbeddedPostgresError {
  override readonly name = 'PlatformUnsupported';
  constructor(platform: string) {
    super(
      `No PostgreSQL is bundled for ${platform} (or it was left out with --omit=optional): ` +
        `install again without that flag, or ${ELSEWHERE}.`,
    );
  }
}

/** The binaries are there, but the operating system cannot run them (musl, missing libraries, noexec). */
export class BinariesUnusable extends EmbeddedPostgresError {
  override readonly name = 'BinariesUnusable';
  constructor(folder: string, output: string) {
    super(`The bundled PostgreSQL in ${folder} does not run here (${output.trim()}): ${ELSEWHERE}.`);
  }
}

/** Another living node holds the lock. */
export class DataFolderInUse extends EmbeddedPostgresError {
  override readonly name = 'DataFolderInUse';
  constructor(dataDir: string, holder: string) {
    const who = holder ? ` (process ${holder})` : '';
    super(
      `Another Inlay node${who} is running on the data folder ${dataDir}: ` +
        'stop it first, or give this one a folder of its own with INLAY_DATA.',
    );
  }
}

/** The files were written by another major version, which PostgreSQL cannot read. */
export class OtherMajorVersion extends EmbeddedPostgresError {
  override readonly name = 'OtherMajorVersion';
  constructor(folder: string, written: string, bundled: number) {
    super(
      `The database in ${folder} was written by PostgreSQL ${written}, and this Inlay brings ${bundled}: ` +
        `start it with the Inlay release that wrote it, or move it with pg_dump and pg_restore.`,
    );
  }
}

/** Running as root, where PostgreSQL refuses to, and no user could be made for it. */
export class AccountUnavailable extends EmbeddedPostgresError {
  override readonly name = 'AccountUnavailable';
  constructor(name: string, output: string) {
    const why = output.trim() ? ` (${output.trim()})` : '';
    super(
      `PostgreSQL does not run as root, and the system user ${name} could not be created${why}: ` +
        `create it (useradd --system ${name}), start Inlay as an ordinary user, or ${ELSEWHERE}.`,
    );
  }
}

/** A folder is there but cannot be used; the reason says which and what to do. */
export class FolderUnusable extends EmbeddedPostgresError {
  override readonly name = 'FolderUnusable';
}

/** initdb or the server ended before it was ready. */
export class StartFailed extends EmbeddedPostgresError {
  override readonly name = 'StartFailed';
  constructor(
    step: string,
    readonly output: string,
  ) {
    super(`The embedded PostgreSQL failed (${step}). It said: ${output.trim() || 'nothing'}`);
  }
}
