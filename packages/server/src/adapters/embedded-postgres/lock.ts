import { dlopen, FFIType } from 'bun:ffi';
import {
  closeSync,
  constants,
  fchownSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** From sys/file.h; the same on Linux and macOS. */
const LOCK_EX = 2;
const LOCK_NB = 4;

let library: ReturnType<typeof load> | undefined;

function load() {
  const name = process.platform === 'darwin' ? 'libSystem.B.dylib' : 'libc.so.6';
  return dlopen(name, { flock: { args: [FFIType.i32, FFIType.i32], returns: FFIType.i32 } });
}

export type LockResult =
  | { readonly ok: true; readonly release: () => void }
  /** `holder` is the process id that the holder wrote, empty if it had no time to. */
  | { readonly ok: false; readonly holder: string };

/**
 * Takes an exclusive flock(2) on the file, creating it. The kernel lets go of it when the holder ends, however it
 * ends, so it cannot go stale; children do not inherit it (the descriptor is close-on-exec).
 */
export function lockFile(path: string): LockResult {
  library ??= load();
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  if (library.symbols.flock(fd, LOCK_EX | LOCK_NB) !== 0) {
    closeSync(fd);
    return { ok: false, holder: readFileSync(path, 'utf8').trim() };
  }
  if (process.geteuid?.() === 0) {
    // Started once with sudo, the folder's owner must be able to take the lock the next time.
    const { uid, gid } = statSync(dirname(path));
    fchownSync(fd, uid, gid);
  }
  ftruncateSync(fd);
  writeSync(fd, `${process.pid}\n`);
  let held = true;
  const release = () => {
    if (held) closeSync(fd);
    held = false;
  };
  return { ok: true, release };
}
