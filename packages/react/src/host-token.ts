import { InlayError } from '@inlay-im/client';

/** The longest wait between two attempts, in milliseconds. */
const LONGEST = 30_000;

/**
 * Who a token is for: `sub` of a JWT (RFC 7519). It is only read, to tell one person's state on this device from
 * another's; the node is the one to check it. Undefined where the text is none.
 */
export function subjectOf(token: string): string | undefined {
  try {
    const payload = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}

/** Waits for so many milliseconds, or until the network comes back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}

/** Asks until there is a token. Undefined once the backend says that nobody is signed in, or `signal` that it is over. */
export async function firstToken(
  ask: () => Promise<string>,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (let wait = 1000; !signal.aborted; wait = Math.min(LONGEST, wait * 2)) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof InlayError && !error.retry) return undefined;
      await pause(wait, signal);
    }
  }
  return undefined;
}

/** What is read of a token before it is used must not be used twice. */
export function firstThis(token: string, then: () => Promise<string>): () => Promise<string> {
  let first: string | undefined = token;
  return async () => {
    const held = first;
    first = undefined;
    return held ?? (await then());
  };
}
