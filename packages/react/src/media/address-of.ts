import type { Client } from '@inlay-im/client';

/** Milliseconds after which an address is not waited for any more. */
const PATIENCE = 15_000;

interface Wanted {
  readonly conversation: string;
  readonly file: string;
  readonly stale?: string | undefined;
}

/**
 * Gives where a file is once, at once where that is known: a browser lets sound begin only while a press is handled.
 * Undefined where it is not to be had. `stale`: an address that does not work, so that only another one is of use.
 */
export function addressOf(
  client: Client,
  { conversation, file, stale }: Wanted,
  give: (url: string | undefined) => void,
): void {
  const local = client.files.local(file);
  if (local !== null && local !== stale) return give(local);
  const store = client.files.address(conversation, file);
  let done = false;
  const finish = (url: string | undefined) => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    // What listens is let go of after it was told, as it may be told before it is known.
    queueMicrotask(() => stop());
    give(url);
  };
  const timer = setTimeout(() => finish(undefined), PATIENCE);
  const stop = store.subscribe(() => {
    const url = store.get()?.url;
    if (url !== undefined && url !== stale) finish(url);
  });
  const known = store.get()?.url;
  if (known !== undefined && known !== stale) finish(known);
}
