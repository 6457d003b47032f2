import { MOST } from './sift.ts';

/** Entries of a dropped folder come in batches, until one is empty. https://wicg.github.io/entries-api/ */
async function* inside(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return;
    yield* batch;
  }
}

async function* filesIn(entry: FileSystemEntry): AsyncGenerator<File> {
  if (entry.isFile)
    yield await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
  else for await (const one of inside(entry as FileSystemDirectoryEntry)) yield* filesIn(one);
}

/**
 * The files that are dropped; of folders those that are in them, as far as they can be prepared at once and one more,
 * so that it can be said that they are too many. To be called while the event is handled.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly File[]> {
  const files = [...transfer.files];
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (!entries.some((entry) => entry?.isDirectory)) return files;
  const found: File[] = [];
  for (const entry of entries) {
    if (entry === null) continue;
    for await (const file of filesIn(entry)) {
      found.push(file);
      if (found.length > MOST) return found;
    }
  }
  return found;
}
