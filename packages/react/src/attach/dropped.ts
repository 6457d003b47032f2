/**
 * The files that are dropped; of folders those that are in them, as far as they can be prepared at once and one more,
 * so that it can be said that they are too many. To be called while the event is handled.
 */
export async function droppedFiles({ files, items }: DataTransfer): Promise<readonly File[]> {
  // Both are empty once the event is handled.
  const whole = [...files];
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (!entries.some(({ isDirectory }) => isDirectory)) return whole;
  const { filesIn } = await import('./folders.ts');
  return await filesIn(entries);
}
