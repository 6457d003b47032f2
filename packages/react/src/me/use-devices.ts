import type { Device } from '@inlay-im/protocol';
import { useCallback, useEffect, useState } from 'react';
import { useInlay } from '../context.ts';
import { useConnection } from '../hooks/client.ts';

/** The node says nothing when a device comes or goes, so the list is fetched again this often, in milliseconds. */
const EVERY = 30_000;

/** This one first, then those that were used last. */
const inOrder = (devices: readonly Device[]): readonly Device[] =>
  [...devices].sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt);

export interface DevicesView {
  /** Undefined until they are known. */
  readonly devices: readonly Device[] | undefined;
  /** Why they are not, where that failed. */
  readonly error: unknown;
  load(): Promise<void>;
}

/** The devices on which I am signed in; fetched again whenever the page is looked at, and from time to time. */
export function useDevices(): DevicesView {
  const { client } = useInlay();
  const { state } = useConnection();
  const [devices, setDevices] = useState<readonly Device[] | undefined>(undefined);
  const [error, setError] = useState<unknown>(undefined);
  const load = useCallback(async () => {
    try {
      setDevices(inOrder((await client.call('devices.list', {})).devices));
      setError(undefined);
    } catch (failure) {
      setError(failure);
    }
  }, [client]);
  const up = state === 'online';
  useEffect(() => {
    if (!up) return;
    const look = () => {
      if (document.visibilityState === 'visible') void load();
    };
    look();
    const timer = setInterval(look, EVERY);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [up, load]);
  return { devices, error, load };
}
