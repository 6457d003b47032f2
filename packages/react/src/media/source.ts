import type { FileAddress } from '@inlay-im/protocol';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useInlay } from '../context.ts';
import { useReplaceable } from '../hooks/select.ts';
import { absent } from '../hooks/store.ts';
import { sharpest } from './boxes.ts';

/** After so many failures in a row nothing is tried again by itself. */
const TRIES = 3;

/** A file of a message. */
export interface Place {
  readonly conversation: string;
  readonly file: string;
  /** Whether the node has the message, so that it gives out addresses of what it carries. */
  readonly sent: boolean;
}

/** Where a file is to be had, renewed before it ends; undefined until it is known, and where it is not mine to see. */
export function useAddress({ conversation, file, sent }: Place): FileAddress | undefined {
  const { files } = useInlay().client;
  return useReplaceable(
    useMemo(
      () => (sent ? files.address(conversation, file) : absent<FileAddress>()),
      [files, conversation, file, sent],
    ),
  );
}

/** How many pixels of the screen lie side by side in so many of the page. */
const dense = (width: number): number => width * (globalThis.devicePixelRatio ?? 1);

export interface Source {
  /** Undefined until it is known, and once it is lost. */
  readonly src: string | undefined;
  /** Nothing that was tried could be shown. */
  readonly lost: boolean;
  failed(): void;
  /** Tries again what could not be shown. */
  again(): void;
}

/**
 * What an image is shown from: what this device sent itself from here, everything else from the node, in the step that
 * is sharp in `width` pixels of the page. An address that does not work is asked for anew.
 */
export function useImage(place: Place, width: number): Source {
  const { files } = useInlay().client;
  const { conversation, file } = place;
  const address = useAddress(place);
  const [bad, setBad] = useState<readonly string[]>([]);
  const tries = useRef(0);
  useEffect(() => {
    if (address !== undefined && tries.current < TRIES) setBad((held) => (held.length === 0 ? held : []));
  }, [address]);
  const local = files.local(file);
  const remote = address && (sharpest(address.steps, dense(width))?.url ?? address.url);
  const src = [local, remote].find((one): one is string => one != null && !bad.includes(one));
  return {
    src,
    lost: src === undefined && bad.length > 0,
    failed: () => {
      if (src === undefined) return;
      setBad((held) => [...held, src]);
      if (src === local) return;
      tries.current += 1;
      files.renew(conversation, file);
    },
    again: () => {
      tries.current = 0;
      setBad([]);
      files.renew(conversation, file);
    },
  };
}
