import { Cell, type Client } from '@inlay-im/client';
import type { ComponentType } from 'react';
import type { Recording } from './recording.ts';

export interface RecorderProps {
  readonly recording: Recording;
  /** Takes it away, where the person is sure. */
  onDiscard(): void;
}

/** The recording that is going on or waits to be sent, and what shows it: both are loaded with the first one. */
export interface Held {
  readonly recording: Recording;
  readonly Recorder: ComponentType<RecorderProps>;
}

const cells = new WeakMap<Client, Cell<Held | undefined>>();

/** There is one for each client, whatever conversation is open: a person has one voice. */
export function recordingsOf(client: Client): Cell<Held | undefined> {
  const held = cells.get(client);
  if (held) return held;
  const made = new Cell<Held | undefined>(undefined);
  cells.set(client, made);
  // Whoever signs in next does not find it.
  client.me.subscribe(() => {
    if (client.me.get() !== undefined) return;
    made.get()?.recording.discard();
    made.set(undefined);
  });
  return made;
}
