/** What page and service worker tell each other. */

/** From the page: the new version may take over. */
export interface Activate {
  readonly type: 'activate';
}

/** From the page: it is at rest, so that the worker may fetch what of this version is not kept yet. */
export interface Complete {
  readonly type: 'complete';
}

/** From the worker: someone pressed the notification of this conversation. */
export interface Open {
  readonly type: 'open';
  /** A conversation's id. */
  readonly conversation: string;
}

const typeOf = (message: unknown): unknown => (message as { type?: unknown } | null | undefined)?.type;

export const isActivate = (message: unknown): message is Activate => typeOf(message) === 'activate';

export const isComplete = (message: unknown): message is Complete => typeOf(message) === 'complete';

export function isOpen(message: unknown): message is Open {
  return typeOf(message) === 'open' && typeof (message as Partial<Open>).conversation === 'string';
}

/** The conversation that a notification's `data` names, as in `{conversation: 'direct:ann,ben'}`. */
export function conversationOf(data: unknown): string | undefined {
  const { conversation } = (data ?? {}) as { conversation?: unknown };
  return typeof conversation === 'string' ? conversation : undefined;
}
