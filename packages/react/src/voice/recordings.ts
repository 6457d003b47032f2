import { Cell, type Client } from '@inlay-im/client';
import type { ComponentType } from 'react';
import type { Kit } from '../context.ts';
import type { Composer } from '../hooks/composer.ts';
import type { Recording } from './recording.ts';

export interface RecorderProps {
  readonly recording: Recording;
  /** Takes it away, where the person is sure. */
  onDiscard(): void;
}

/**
 * The recording that is going on or waits to be sent, what shows it, and the ways to end it: all of it is loaded with
 * the first one.
 */
export interface Held {
  readonly recording: Recording;
  readonly Recorder: ComponentType<RecorderProps>;
  /** Sends it as a message of its own. */
  send(composer: Pick<Composer, 'sendFiles'>): void;
  /** Takes it away, where the person is sure. */
  discard(kit: Kit): void;
  /** Lets go of it, whatever became of it. */
  drop(): void;
  /** The person leaves the conversation: it stays, to be sent or discarded later. */
  leave(): void;
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
