import type { NewFile } from '@inlay-im/client';
import { LIMITS } from '@inlay-im/protocol/rules';
import type { Chosen } from './chosen.ts';

/** How files are sent: to be looked at in the conversation, or as they are. */
export interface Ways {
  readonly as: 'media' | 'files';
  /** Whether each has the caption that was written for it. */
  readonly each: boolean;
}

function newFile({ file, seen, caption }: Chosen, { as, each }: Ways): NewFile {
  const about = each && caption.trim() !== '' ? { caption: caption.trim() } : {};
  const { name } = file;
  if (as === 'files' || seen === undefined) return { blob: file, name, kind: 'file', ...about };
  return { blob: file, name, ...seen, ...about };
}

/** Files as messages, none with more than one may have. */
export function messagesOf(all: readonly Chosen[], ways: Ways): NewFile[][] {
  const files = all.map((one) => newFile(one, ways));
  return Array.from({ length: countOf(files.length) }, (_, i) =>
    files.slice(i * LIMITS.albumItems, (i + 1) * LIMITS.albumItems),
  );
}

/** How many messages so many files make. */
export const countOf = (files: number): number => Math.ceil(files / LIMITS.albumItems);
