import type { Page } from 'playwright-core';

/** What the browser keeps of a message, as far as it is looked at here. */
interface Kept {
  readonly body: { readonly text?: string } | null;
}

/** The texts that the browser keeps of a conversation, as the next start shows them; it writes them a moment later. */
export const kept = (page: Page, conversation: string): Promise<string[]> =>
  page.evaluate(async (id) => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await answer(indexedDB.open('inlay'));
    const windows = database.transaction('windows').objectStore('windows');
    const found: { messages: Kept[] } | undefined = await answer(windows.get(id));
    database.close();
    return (found?.messages ?? []).map(({ body }) => body?.text ?? '');
  }, conversation);
