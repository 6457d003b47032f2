import type { Client, ConnectionState } from '@inlay-im/client';
import { useInlay } from '../context.ts';
import type { Settings } from '../settings.ts';
import { useStore } from './store.ts';

/** The client itself, for whatever no hook covers. */
export const useClient = (): Client => useInlay().client;

/** Whether there is a connection, and if not, why. */
export const useConnection = (): ConnectionState => useStore(useInlay().client.connection);

/** What the person chose on this device, and the way to change it. */
export function useSettings(): readonly [Settings, (change: Partial<Settings>) => void] {
  const { settings } = useInlay();
  return [useStore(settings), settings.set];
}
