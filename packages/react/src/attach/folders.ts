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

async function* eachIn(entry: FileSystemEntry): AsyncGenerator<File> {
  if (entry.isFile)
    yield await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
  else for await (const one of inside(entry as FileSystemDirectoryEntry)) yield* eachIn(one);
}

/** The files among these and in their folders, one more than can be prepared at once at the most. */
export async function filesIn(entries: readonly FileSystemEntry[]): Promise<readonly File[]> {
  const found: File[] = [];
  for (const entry of entries) {
    for await (const file of eachIn(entry)) {
      found.push(file);
      if (found.length > MOST) return found;
    }
  }
  return found;
}
