/** Languages whose catalogue is loaded. */
export const languagesInUse: Set<string> = new Set(['en']);

/** Loads the looks and texts of the parts that are loaded on use, which the opened widget thus does not weigh. */
export const looksAndTexts = async (): Promise<unknown> =>
  await (await import('./later.ts')).bringLater(languagesInUse);
