import type { Lock } from '../auth/auth.ts';

/** As much of the browser's LockManager as the client uses. https://www.w3.org/TR/web-locks/ */
export interface Locks {
  request<T>(name: string, options: { signal?: AbortSignal }, run: () => Promise<T>): Promise<T>;
}

/** As much of a BroadcastChannel as the client uses: what one posts, all others of the same name hear. */
export interface Channel {
  postMessage(message: unknown): void;
  close(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}

/** Runs one at a time in all tabs where there are locks, else at once. */
export const lockOf =
  (locks: Locks | undefined, prefix: string): Lock =>
  (name, run) =>
    locks === undefined ? run() : locks.request(`${prefix}:${name}`, {}, run);
